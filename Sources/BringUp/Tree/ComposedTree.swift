import Boards
public import BootImages
import DeviceTree
import DeviceTreeLint
public import Diagnostics
import Files
import Measures
public import SystemPackage
public import Workspace
import XenTree

/// Xen's tree, composed outside a project: a board's tree, files and their places in, a blob out.
public struct ComposedTree: Sendable {
  /// What is to be told to Xen. Whatever is nil follows from the board and the tree.
  public struct Request: Sendable {
    public var base: FilePath
    public var xen: XenVersion
    public var board: String?
    /// dom0's; without one there is no dom0.
    public var kernel: PlacedFile?
    public var ramdisk: PlacedFile?
    public var policy: PlacedFile?
    public var xenArguments: String?
    public var dom0Arguments: String?
    public var console: String?
    /// A file with a list of guests.
    public var domains: FilePath?
    /// Whether the tree is made even if the linter finds that it does not boot.
    public var isForced = false

    public init(base: FilePath, xen: XenVersion) {
      self.base = base
      self.xen = xen
    }
  }

  public let bytes: [UInt8]
  /// What may go wrong at the boot.
  public let warnings: [Diagnostic]

  /// Opens the files; writes nothing.
  public init(_ request: Request, in surroundings: Surroundings) async throws {
    let base = try await Self.tree(at: request.base)
    let hardware = try Hardware(
      of: base, file: request.base, board: request.board,
      data: DataFiles(project: ".", surroundings: surroundings))
    let own = try Self.modules(of: request, for: hardware.soc)
    let guests = try Guests(request.domains, for: hardware.soc)

    let console = try Self.console(request, hardware, base)
    let dom0 = hardware.board?.dom0
    let lines = CommandLines(
      console: console,
      dom0: request.kernel == nil ? nil : dom0?.memory ?? Self.usualMemory,
      words: dom0?.arguments ?? [])
    let plan = XenTree(
      version: request.xen, xenArguments: request.xenArguments ?? lines.xen,
      dom0Arguments: request.dom0Arguments ?? lines.dom0, console: console,
      modules: own.map(\.module), domains: guests.domains, eventChannels: guests.channels,
      pools: guests.pools)
    do throws(XenTreeError) {
      bytes = try plan.composed(on: base).encoded()
    } catch {
      throw ComposedTreeError.tree(error)
    }

    let judgement = TreeJudgement(
      bytes, named: "the composed tree",
      for: LintTarget(
        soc: hardware.soc, board: hardware.board, xen: request.xen,
        loaded: (own + guests.files).map(\.loaded)))
    guard judgement.errors.isEmpty || request.isForced else {
      throw ComposedTreeError.faultyTree(file: request.base.string, judgement.errors)
    }
    warnings = judgement.errors.map(\.asWarning) + judgement.warnings
  }

  /// What dom0 gets where no board says how much: Xen's own choice since 4.10.
  private static let usualMemory = ByteCount.mebibytes(512)

  /// A tree beyond this is something else.
  private static let limit = ByteCount.mebibytes(64)

  /// The board's tree, be it a blob or a source.
  private static func tree(at path: FilePath) async throws -> DeviceTree {
    if LintedFile.isSource(path.string) { return try await TreeFile(path).tree }
    let bytes = try readFile(path, limit: limit)
    _ = try InputCheck.tree(bytes.span.bytes, file: path.string)
    do throws(DeviceTreeError) {
      return try DeviceTree(parsing: bytes.span.bytes)
    } catch {
      throw BuildError.brokenTree(file: path.string, error)
    }
  }

  /// dom0's and Xen's own.
  private static func modules(of request: Request, for chip: SoC?) throws(ComposedTreeError)
    -> [ModuleFile]
  {
    var modules: [ModuleFile] = []
    let files: [(XenModule.Kind, PlacedFile?, owner: String)] = [
      (.kernel, request.kernel, "dom0's"), (.ramdisk, request.ramdisk, "dom0's"),
      (.policy, request.policy, "Xen's"),
    ]
    for case (let kind, let file?, let owner) in files {
      modules.append(try ModuleFile(file, as: kind, of: owner, in: ".", for: chip))
    }
    return modules
  }

  /// Who names it most plainly is heard first.
  private static func console(
    _ request: Request, _ hardware: Hardware, _ base: DeviceTree
  ) throws(ComposedTreeError) -> String {
    let argument = request.xenArguments?.split(separator: " ").last { $0.hasPrefix("dtuart=") }
    let path = base.root.child("chosen")?.property("stdout-path")?.string
    // Both may carry options behind a colon.
    let said = argument?.dropFirst("dtuart=".count).prefix { $0 != ":" }
    let written = path?.prefix { $0 != ":" }
    guard
      let console = request.console ?? said.map(String.init) ?? hardware.board?.console.xenUART
        ?? written.map(String.init)
    else { throw .noConsole(tree: request.base.string) }
    return console
  }
}

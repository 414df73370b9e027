public import Boards
public import BootImages
import Bytes
import DeviceTree
public import DeviceTreeLint
public import Diagnostics
import Files
import Measures
public import Rehearsal
import Rulings
public import SystemPackage
import Workspace

/// The boot of a finished image, played without a board: the environment is that of the U-Boot in the
/// image, the files are those of its partitions.
public struct RehearsedBoot: Sendable {
  public let image: FilePath
  public let board: Board
  public let soc: SoC
  /// What the U-Boot in the image says it is.
  public let bootloader: String
  /// The board when it was over.
  public let machine: Machine
  /// Why it was over; nil where U-Boot ran out of things to try.
  public let stop: MachineStop?
  /// What comes after the jump, if there was one.
  public let arrival: Arrival?

  /// What the next program finds.
  public struct Arrival: Sendable {
    public let handover: BootHandover
    /// The version of the Xen that is entered; nil where it is no Xen.
    public let xen: XenVersion?
    public let view: XenView?
    public let findings: [Finding]
  }

  /// Whether the boot reached its kernel or hypervisor, with nothing that would stop it there.
  public var isFine: Bool {
    arrival.map { arrival in !arrival.findings.contains { $0.severity == .error } } ?? false
  }

  /// Plays the boot.
  ///
  /// - Parameters:
  ///   - firmware: the bootloader, where the machine does not take it from the image.
  public init(
    image: FilePath, board: Board, soc: SoC, firmware: FilePath? = nil, keepsTrace: Bool
  ) throws {
    self.image = image
    self.board = board
    self.soc = soc
    let bytes = try FileBytes(image)
    let program = try Self.bootloader(in: bytes, soc: soc, firmware: firmware)
    guard let environment = UBootEnvironment(searching: program.span.bytes) else {
      throw RehearsalError.noEnvironment(firmware ?? image)
    }
    bootloader = UBootVersion(searching: program.span.bytes)?.release ?? "of unknown version"
    let profile = try Self.profile(
      board: board, soc: soc, version: bootloader, environment: environment.values)
    let interface = board.machine?.bootloaderIsFirmware == true ? "virtio" : "mmc"
    var machine = Machine(profile, media: Media(devices: [interface: [0: bytes]]))
    machine.keepsTrace = keepsTrace
    var stop: MachineStop?
    do throws(MachineStop) {
      try machine.run(script: UBootText("run bootcmd"), from: .script("U-Boot"))
    } catch {
      stop = error
    }
    self.machine = machine
    self.stop = stop
    if case .jumped(let handover)? = stop {
      arrival = Self.arrival(handover, machine, board: board, soc: soc)
    } else {
      arrival = nil
    }
  }

  /// The bytes of U-Boot proper and what lies around it.
  private static func bootloader(
    in image: FileBytes, soc: SoC, firmware: FilePath?
  ) throws -> [UInt8] {
    if let firmware { return try readFile(firmware, limit: .mebibytes(16)) }
    guard let spl = soc.spl else { throw RehearsalError.noFirmware(soc: soc.name) }
    // An SPL and a U-Boot end before the first partition.
    return image.read(2 << 20, at: spl.offset.rawValue)
  }

  private static func profile(
    board: Board, soc: SoC, version: String, environment: [String: String]
  ) throws -> UBootProfile {
    let memory = try board.smallestMemory(on: soc)
    var environment = environment
    // What the board's own code sets before it looks for a script: started from the card.
    environment["mmc_bootdev"] = environment["mmc_bootdev"] ?? "0"
    return UBootProfile(
      version: version, banks: [memory], own: try board.bootloaderReserve(on: soc),
      commands: [], environment: environment, entersHYP: soc.processor.hyp,
      hasPSCI: soc.psci != nil)
  }

  private static func arrival(
    _ handover: BootHandover, _ machine: Machine, board: Board, soc: SoC
  ) -> Arrival {
    let entry = machine.loads.last { $0.range.start == handover.entry }
    let program = entry.flatMap {
      try? machine.memory.read(Int(clamping: $0.range.size.rawValue), at: $0.range.start.rawValue)
    }
    let xen = program.flatMap { try? XenImage(parsing: $0.span.bytes) }?.version
    var target = LintTarget(soc: soc, board: board, xen: xen)
    target.treeAddress = handover.treeAddress
    target.loaded = machine.loads.compactMap { load in
      (try? machine.memory.read(
        Int(clamping: load.range.size.rawValue), at: load.range.start.rawValue)).map {
          LoadedFile(name: load.file, address: load.range.start, bytes: $0)
        }
    }
    let scan = FlatTree.scanning(handover.tree)
    let selection = RuleSelection.standard.without(.dtc)
    var findings = Linter(for: target, selection: selection).lint(scan, file: "the tree")
    // What libfdt leaves behind in a tree that it edits is nobody's mistake, and style was for the
    // tree's author to read.
    let ofBoots = Set(RuleBook.all.cards.filter { $0.context == .xen }.map(\.id))
    findings.removeAll {
      $0.severity < .error && (xen == nil || !ofBoots.contains($0.rule) || $0.severity == .info)
    }
    return Arrival(
      handover: handover, xen: xen,
      view: xen == nil ? nil : scan.tree.map { XenView($0, for: target) }, findings: findings)
  }
}

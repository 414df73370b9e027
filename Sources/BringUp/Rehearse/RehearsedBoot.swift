public import Boards
public import BootImages
import Bytes
import DeviceTree
public import DeviceTreeLint
public import Diagnostics
import Files
import Measures
public import MemoryPlanner
public import Partitions
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
  /// Whether it is from before 2014.10: its model was made by reading, and was never held against a
  /// running one.
  public let isOld: Bool
  /// The board when it was over.
  public let machine: Machine
  /// Why it was over; nil where U-Boot ran out of things to try.
  public let stop: MachineStop?
  /// Partitions of which the image's end cuts off something.
  public let cutPartitions: [DiskPartitions.Entry]
  /// What comes after the jump, if there was one.
  public let arrival: Arrival?

  /// What the next program finds.
  public struct Arrival: Sendable {
    public let handover: BootHandover
    /// The version of the Xen that is entered; nil where it is no Xen.
    public let xen: XenVersion?
    public let view: XenView?
    public let findings: [Finding]
    /// Memory at that moment, and what Xen and dom0 take of it next.
    public let memory: MemoryMap
    /// Modules of which the tree tells where nothing was put.
    public let missing: [XenView.Module]
    /// Whether a kernel or hypervisor is known to lie where it is entered.
    public let isKernel: Bool

    /// Whether nothing is known that would stop the boot from here on.
    var isFine: Bool {
      if case .cannotFit? = memory.dom0 { return false }
      return isKernel && memory.clashes.isEmpty && missing.isEmpty
        && !findings.contains { $0.severity == .error }
    }
  }

  /// Whether the boot reached its kernel or hypervisor, with nothing that would stop it there.
  public var isFine: Bool { arrival?.isFine ?? false && cutPartitions.isEmpty }

  /// The name of what runs before any script.
  static let start = "U-Boot"

  /// Plays the boot.
  ///
  /// - Parameters:
  ///   - firmware: the bootloader, where the machine does not take it from the image.
  public init(
    image: FilePath, board: Board, soc: SoC, firmware: FilePath? = nil
  ) throws {
    self.image = image
    self.board = board
    self.soc = soc
    let bytes = try FileBytes(disk: image)
    let partitions = DiskPartitions(bytes)
    cutPartitions = partitions.entries.filter {
      $0.sectors.upperBound * 512 > bytes.size
    }
    let program = try RehearsedBootloader(
      in: bytes, of: image, partitions, soc: soc, firmware: firmware)
    let profile = try program.profile(of: board, on: soc)
    bootloader = profile.version
    isOld = program.isOld
    let interface = board.machine?.bootloaderIsFirmware == true ? "virtio" : "mmc"
    var machine = Machine(profile, media: Media(devices: [interface: [0: bytes]]))
    // The last commands say why a boot ends, whether all are printed or not.
    machine.keepsTrace = true
    var stop: MachineStop?
    do throws(MachineStop) {
      if profile.environment["preboot"]?.isEmpty == false {
        try machine.run(script: UBootText("run preboot"), from: .script(Self.start))
      }
      try machine.run(script: UBootText("run bootcmd"), from: .script(Self.start))
    } catch {
      stop = error
    }
    if case .cancelled? = stop { throw CancellationError() }
    self.machine = machine
    self.stop = stop
    if case .jumped(let handover)? = stop {
      arrival = try Self.arrival(handover, machine, board: board, soc: soc)
    } else {
      arrival = nil
    }
  }

  private static func arrival(
    _ handover: BootHandover, _ machine: Machine, board: Board, soc: SoC
  ) throws -> Arrival {
    let program = EnteredProgram(handover, in: machine)
    let xen = program?.xen?.version
    var target = LintTarget(soc: soc, board: board, xen: xen)
    target.treeAddress = handover.treeAddress
    let scan = FlatTree.scanning(handover.tree)
    let view = xen == nil ? nil : scan.tree.map { XenView($0, for: target) }
    let memory = MemoryAtJump(
      machine: machine, handover: handover, board: board, soc: soc, program: program, view: view)
    // What is read no more is in nobody's way.
    target.loaded = memory.needed.compactMap { load in
      (try? machine.memory.read(
        Int(clamping: load.range.size.rawValue), at: load.range.start.rawValue)).map {
          LoadedFile(name: load.file, address: load.range.start, bytes: $0)
        }
    }
    let selection = RuleSelection.standard.without(.dtc)
    var findings =
      handover.treeAddress == nil
      ? [] : Linter(for: target, selection: selection).lint(scan, file: "the tree")
    // What libfdt leaves behind in a tree that it edits is nobody's mistake, and style was for the
    // tree's author to read.
    let ofBoots = Set(RuleBook.all.cards.filter { $0.context == .xen }.map(\.id))
    findings.removeAll {
      $0.severity < .error && (xen == nil || !ofBoots.contains($0.rule) || $0.severity == .info)
    }
    let missing = (view?.modules ?? []).filter { module in
      module.range.map { isEmpty($0, of: machine) } ?? true
    }
    return Arrival(
      handover: handover, xen: xen, view: view, findings: findings, memory: try memory.map(),
      missing: missing,
      isKernel: handover.program != nil || program?.isZImage ?? false)
  }

  /// Whether nothing was loaded or copied there. No file that Xen reads begins with so many zeroes.
  private static func isEmpty(_ range: AddressRange, of machine: Machine) -> Bool {
    let count = min(4096, Int(clamping: range.size.rawValue))
    guard let bytes = try? machine.memory.read(count, at: range.start.rawValue) else { return true }
    return bytes.allSatisfy { $0 == 0 }
  }
}

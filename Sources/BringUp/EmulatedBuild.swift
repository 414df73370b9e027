public import Boards
public import BootLog
public import Diagnostics
public import Emulator
import Measures
public import SystemPackage
public import Workspace

/// A build of the project for a machine that can be emulated, ready to be booted.
public struct EmulatedBuild: Sendable {
  /// The project's board, and the one that is booted in its place; often the same.
  public let board: Board
  public let standIn: Board
  public let build: Build
  public let command: QEMUCommand
  /// What is waited for.
  public let until: Milestone
  /// What the boot goes without.
  private let passedOver: Set<Milestone>
  /// Overlays of the project for its own board's tree, where another's is booted.
  let omittedOverlays: [String]
  /// dom0's memory of the project, where the stand-in's own had to take its place.
  let replacedDom0Memory: ByteCount?

  /// Builds into `folder/emulate/BOARD`.
  ///
  /// - Parameters:
  ///   - machine: a board that has an emulator, by its name or its QEMU machine's; nil for the
  ///     board's own, or its sister's.
  ///   - until: the milestone that is going to be waited for, which the boot has to pass; nil for
  ///     the last one.
  public init(
    _ project: Project, machine: String?, until: Milestone?, into folder: FilePath,
    in surroundings: Surroundings, report: @escaping @Sendable (Diagnostic) -> Void
  ) async throws {
    guard project.flow != .legacy else { throw EmulationError.onlyOnTheBoard }
    let catalogue = try DataFiles(project: project.folder, surroundings: surroundings).boards()
    board = try catalogue.board(named: project.board)
    standIn = try Self.standIn(for: board, machine: machine, in: catalogue)
    guard let emulation = standIn.machine else { throw BuildError.noEmulator(board: board.name) }
    let soc = try catalogue.soc(of: standIn)
    let passedOver = Self.passedOver(project)
    let until = until ?? Milestone.prompt.path(without: passedOver).last ?? .kernel
    guard !passedOver.contains(until) else {
      throw EmulationError.notInFlow(until, flow: project.flow.rawValue)
    }
    guard until != .spl || soc.spl != nil else {
      throw EmulationError.noSuchMilestone(until, machine: standIn.name)
    }
    self.until = until
    // A machine that is given its bootloader as firmware has no SPL.
    self.passedOver = soc.spl == nil ? passedOver.union([.spl]) : passedOver
    // Known to be there before time is spent on building.
    guard Tool.emulator.isInstalled(path: surroundings.path) else {
      throw BuildError.toolMissing(.emulator)
    }

    var adapted = project
    adapted.board = standIn.name
    var replaced: ByteCount?
    if standIn.name != board.name {
      // What was given for the board's own silicon cannot serve the sister.
      adapted.inputs.bootloader = .debian(package: nil, version: nil)
      adapted.inputs.tree = .debian(package: nil, version: nil)
      adapted.inputs.fallbackTree = nil
      adapted.inputs.overlays = []
      adapted.image.size = nil
      adapted.load = project.load.filter { $0.value.address == nil }
      if project.flow == .xen, let memory = project.dom0.memory,
        memory.rawValue > emulation.memory.rawValue / 2
      {
        adapted.dom0.memory = standIn.dom0.memory
        replaced = memory
      }
    }
    replacedDom0Memory = replaced
    omittedOverlays = standIn.name == board.name ? [] : project.inputs.overlays
    build = try await Build(adapted, in: surroundings, report: report)
    let output = folder.appending("emulate").appending(standIn.name)
    let image = try await build.write(into: output)
    command = QEMUCommand(
      emulation: emulation, image: image,
      bootloader: build.plan.firmware.map { _ in
        output.appending("boot").appending(BuildPlan.firmwareName)
      })
  }

  /// What boots of the project's flow do not pass.
  private static func passedOver(_ project: Project) -> Set<Milestone> {
    var milestones: Set<Milestone> = project.flow.hasXen ? [] : [.xen]
    // Xen's console starts at a dom0, and there is none to whose shell the keys would go.
    if project.flow == .dom0less { milestones.insert(.prompt) }
    if project.image.bootScript == .extlinux { milestones.insert(.script) }
    return milestones
  }

  private static func standIn(
    for board: Board, machine: String?, in catalogue: BoardCatalogue
  ) throws -> Board {
    if let machine {
      let known = catalogue.boards.filter { $0.machine != nil }
      let found = known.first { $0.name == machine || $0.machine?.machineName == machine }
      guard let found else {
        let names = known.flatMap { [$0.name, $0.machine?.machineName ?? $0.name] }
        throw BuildError.unknownMachine(machine, known: Array(Set(names)).sorted())
      }
      return found
    }
    guard let found = try catalogue.standIn(for: board) else {
      throw BuildError.noEmulator(board: board.name)
    }
    return found.board
  }

  /// What is booted, and which parts of it are the sister's.
  public var introduction: [String] {
    guard standIn.name != board.name else { return ["booting \(board.name) in QEMU"] }
    var lines = [
      "\(standIn.name) boots in QEMU in place of \(board.name), which it is not",
      "  of the project: \(ofTheProject), and what it sets for them",
      "  of \(standIn.name): the machine and its SoC (\(build.plan.soc.title)), and so the",
      "    load addresses, the card's layout and the board's own part of the command lines",
    ]
    for role in [Input.Role.bootloader, .tree] {
      guard let input = build.plan.inputs.first(where: { $0.role == role }) else { continue }
      lines.append("  of \(standIn.name): the \(role.rawValue), \(input.origin)")
    }
    if !omittedOverlays.isEmpty {
      lines.append("  left out: the overlays for \(board.name)'s tree")
    }
    if let memory = replacedDom0Memory {
      lines.append(
        "  of \(standIn.name): dom0's memory, \(standIn.dom0.memory) instead of \(memory), which is "
          + "more than half of its RAM")
    }
    return lines
  }

  private var ofTheProject: String {
    switch build.plan.project.flow {
    case .xen: "Xen, the dom0 kernel, the initial RAM disk"
    case .dom0less: "Xen, the guests' files"
    case .linux, .kvm, .legacy: "the kernel, the initial RAM disk"
    }
  }

  /// Boots what was built.
  public func run(
    timeout: Duration?, log: FilePath?, interactive: Bool,
    onMilestone: @escaping @Sendable (MilestoneReached) -> Void,
    onBytes: @escaping @Sendable ([UInt8]) -> Void
  ) async throws -> BootResult {
    return try await EmulatedBoot(
      command, until: until, expected: until.path(without: passedOver), timeout: timeout, log: log,
      isInteractive: interactive
    ).run(onMilestone: onMilestone, onBytes: onBytes)
  }
}

extension Emulation {
  /// The machine without its options.
  var machineName: String { String(machine.prefix { $0 != "," }) }
}

import Boards
import BootImages
import BootScripts
import DeviceTree
import DeviceTreeLint
import Diagnostics
import FAT
import Initramfs
import Measures
import MemoryPlanner
import Workspace

/// What everything of a plan follows from.
struct FlowRequest {
  let project: Project
  let board: Board
  let soc: SoC
  let parts: CheckedInputs
  let guests: Guests
  let lines: CommandLines
  /// The initial RAM disk.
  let initrd: [UInt8]
  let data: DataFiles
  /// In seconds since 1970.
  let epoch: UInt32

  /// Where the second set lies on the boot partition.
  static let fallbackFolder = "fallback/"
}

/// What a project's flow lays onto the boot partition and into memory.
struct FlowPlan {
  let sets: [PlannedSet]
  let scripts: ScriptPlan
  /// Files that nothing of the sets is: the script, and what it comes from.
  let texts: [BuildPlan.Artefact]
  let memory: MemoryPlan
  /// Nil without Xen.
  let xenVersion: XenVersion?
  let warnings: [Diagnostic]

  init(_ request: FlowRequest) throws {
    switch request.project.flow {
    case .xen, .dom0less: self = try Self.xen(request)
    case .linux, .kvm: self = try Self.linux(request)
    case .legacy: self = try Self.legacy(request)
    }
  }

  init(
    sets: [PlannedSet], scripts: ScriptPlan, texts: [BuildPlan.Artefact], memory: MemoryPlan,
    xenVersion: XenVersion? = nil, warnings: [Diagnostic]
  ) {
    self.sets = sets
    self.scripts = scripts
    self.texts = texts
    self.memory = memory
    self.xenVersion = xenVersion
    var told: Set<Diagnostic> = []
    // Two sets of the same files are not worth two warnings.
    self.warnings = warnings.filter { told.insert($0).inserted }
  }

  /// boot.cmd, and boot.scr that U-Boot reads.
  static func scriptFiles(
    _ scripts: ScriptPlan, of request: FlowRequest
  ) throws -> [BuildPlan.Artefact] {
    let text = Array(try scripts.commands().utf8)
    let image = try LegacyImage.script(
      text: text, name: "ctboot \(request.board.name)", time: request.epoch)
    return [
      BuildPlan.Artefact(name: "boot.cmd", bytes: text),
      BuildPlan.Artefact(name: "boot.scr", bytes: image),
    ]
  }

  /// The claim of a text that U-Boot reads before anything else.
  static func claim(
    of owner: String, _ text: BuildPlan.Artefact?, at address: Address,
    reason: String = "U-Boot reads it from there while it runs (scriptaddr)"
  ) -> PlacementRequest {
    PlacementRequest(
      owner: owner, kind: .script, address: address, size: ByteCount(text?.bytes.count ?? 0),
      alignment: 4,
      reason: reason, givenBy: "U-Boot's own environment (`scriptaddr`)")
  }

  /// The linter's word on a tree; what would not boot is refused.
  static func judge(
    _ set: PlannedSet, of request: FlowRequest, xen: XenVersion?
  ) throws -> [Diagnostic] {
    guard let tree = set.tree else { return [] }
    // What clashes in memory is told by the map, with an address that would do.
    let judgement = TreeJudgement(
      tree.artefact.bytes, named: tree.artefact.name, accepting: request.project.lint,
      for: LintTarget(
        soc: request.soc, board: request.board, xen: xen, loaded: set.files.map(\.loaded),
        treeAddress: tree.address))
    guard judgement.errors.isEmpty else {
      throw BuildError.faultyTree(file: tree.artefact.name, judgement.errors)
    }
    return judgement.warnings
  }
}

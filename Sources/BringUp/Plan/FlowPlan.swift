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
import XenTree

/// What everything of a plan follows from.
struct FlowRequest {
  let project: Project
  let board: Board
  let soc: SoC
  let parts: CheckedInputs
  var guests: Guests
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
  let places: LoadPlaces
  /// Where a kernel goes that U-Boot starts itself.
  let unpacking: KernelUnpacking?
  let warnings: [Diagnostic]

  /// - Throws: `MemoryFault` where something cannot lie where it is to lie.
  init(_ request: FlowRequest) throws {
    var request = request
    let takesTree = request.parts.scriptBin == nil || request.project.flow != .legacy
    var places = try LoadPlaces(request.project, on: request.soc, takesTree: takesTree)
    var draft = try Self.draft(request, at: places)
    if draft.isOpen {
      let memory = try FlowMemory(draft, of: request)
      let found: [Claim]
      do throws(PlacementError) {
        found = try memory.found(for: draft)
      } catch {
        let survey = memory.survey(draft.requests.filter { !draft.isOpen($0) })
        throw try MemoryFault(survey, or: error, on: request.board, request.soc)
      }
      places.fill(by: found)
      request.guests.fill(by: found)
      draft = try Self.draft(request, at: places)
    }
    // The map first: it tells of a clash with an address that would do.
    let memory = try FlowMemory(draft, of: request)
    let survey = memory.survey(draft.requests)
    if let fault = survey.faults.first {
      throw try MemoryFault(survey, or: fault, on: request.board, request.soc)
    }
    if let fault = draft.sets.lazy.compactMap(\.fault).first { throw fault }
    self.memory = try MemoryPlan(
      memory: memory.memory, fixed: memory.fixed, requests: draft.requests)
    if let fault = try MemoryFault(draft.unpacking, self.memory, on: request.board, request.soc) {
      throw fault
    }
    var warnings = request.project.warnings(takesTree: takesTree) + draft.warnings
    warnings += memory.warnings(on: self.memory)
    for set in draft.sets { warnings += try Self.judge(set, of: request) }
    (sets, scripts, texts) = (draft.sets, draft.scripts, draft.texts)
    unpacking = draft.unpacking
    self.places = places
    var told: Set<Diagnostic> = []
    // Two sets of the same files are not worth two warnings.
    self.warnings = warnings.filter { told.insert($0).inserted }
  }

  private static func draft(
    _ request: FlowRequest, at places: LoadPlaces
  ) throws -> FlowDraft {
    switch request.project.flow {
    case .xen, .dom0less: try xen(request, at: places)
    case .linux, .kvm: try linux(request, at: places)
    case .legacy: try legacy(request, at: places)
    }
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
    of owner: String, _ text: BuildPlan.Artefact?, at place: LoadPlaces.Place,
    reason: String = "U-Boot reads it from there while it runs (scriptaddr)"
  ) -> PlacementRequest {
    PlacementRequest(
      owner: owner, kind: .script, address: place.address,
      size: ByteCount(text?.bytes.count ?? 0), alignment: 4, reason: reason,
      setting: place.setting, source: place.source)
  }

  /// The linter's word on a tree; what would not boot is refused.
  private static func judge(
    _ set: PlannedSet, of request: FlowRequest
  ) throws -> [Diagnostic] {
    guard let tree = set.tree else { return [] }
    let judgement = TreeJudgement(
      tree.artefact.bytes, named: tree.artefact.name, accepting: request.project.lint,
      for: LintTarget(
        soc: request.soc, board: request.board, xen: set.xenVersion,
        loaded: set.files.map(\.loaded),
        treeAddress: tree.address))
    guard judgement.errors.isEmpty else {
      throw BuildError.faultyTree(file: tree.artefact.name, judgement.errors)
    }
    return judgement.warnings
  }
}

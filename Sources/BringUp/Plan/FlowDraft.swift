import Boards
import BootImages
import DeviceTree
import Diagnostics
import Measures
import MemoryPlanner
import Workspace

/// What a flow lays onto the boot partition for given places in memory, before anybody knows whether
/// all of it fits there.
struct FlowDraft {
  var sets: [PlannedSet]
  let scripts: ScriptPlan
  /// Files that nothing of the sets is: the script, and what it comes from.
  let texts: [BuildPlan.Artefact]
  /// What U-Boot itself reads before anything else.
  let script: PlacementRequest
  /// What is claimed beside the files.
  var further: [PlacementRequest] = []
  /// Where a kernel goes that U-Boot starts itself; nil where Xen does that, or it does not say.
  var unpacking: KernelUnpacking?
  var warnings: [Diagnostic] = []

  /// What is to be loaded, in the order in which the later one of two is asked to make way: what is not
  /// ours to move, what lies where the SoC's file says, what the project chose.
  var requests: [PlacementRequest] {
    let files = sets.requests
    let chosen = Set(sets.flatMap(\.files).filter(\.place.isChosen).map(\.owner))
    return [script] + further + files.filter { !chosen.contains($0.owner) }
      + files.filter { chosen.contains($0.owner) }
  }

  /// Whether something is still without an address.
  var isOpen: Bool { sets.contains { $0.files.contains(where: \.place.isOpen) } }

  /// Whether this is.
  func isOpen(_ request: PlacementRequest) -> Bool {
    sets.contains { set in
      set.files.contains { $0.place.isOpen && $0.place.setting == request.setting }
    }
  }
}

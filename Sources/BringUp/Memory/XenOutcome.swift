import Boards
import BootImages
import MemoryPlanner

/// What comes of memory once Xen is entered, whether the boot is planned or rehearsed.
struct XenOutcome {
  /// Nil where this version's ways are not known.
  let memory: XenMemory?
  /// Nil where there is no dom0.
  let dom0: Dom0Placement?
  /// What Xen takes, and what dom0 gets where that is determined.
  let claims: [Claim]

  init(_ setup: XenSetup, _ request: Dom0Request?, on soc: SoC) {
    memory = XenMemory(setup)
    dom0 = request.map { Dom0Placement(setup, $0) }
    var claims = soc.grantTable(of: setup.version.description).map { [$0] } ?? []
    claims += memory?.claims ?? []
    if case .determined(let layout)? = dom0 { claims += layout.claims }
    self.claims = claims
  }
}

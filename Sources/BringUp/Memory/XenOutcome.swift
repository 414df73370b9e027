import Boards
import BootImages
import Measures
import MemoryPlanner

/// What comes of memory once Xen is entered, whether the boot is planned or rehearsed.
struct XenOutcome {
  /// Nil where this version's ways are not known.
  let memory: XenMemory?
  /// Nil where there is no dom0.
  let dom0: Dom0Placement?
  /// The sizes of dom0's memory that are determined, where the one that it is to have is not.
  let determinedSizes: [ByteCount]?
  /// What Xen takes, and what dom0 gets where that is determined.
  let claims: [Claim]

  init(_ setup: XenSetup, _ request: Dom0Request?, on soc: SoC) {
    memory = XenMemory(setup)
    dom0 = request.map { Dom0Placement(setup, $0) }
    var claims = soc.grantTable(of: setup.version.description).map { [$0] } ?? []
    claims += memory?.claims ?? []
    if case .determined(let layout)? = dom0 {
      claims += layout.claims
      determinedSizes = nil
    } else {
      determinedSizes = request.map { Dom0Placement.determinedSizes(setup, $0) }
    }
    self.claims = claims
  }
}

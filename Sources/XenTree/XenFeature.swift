public import BootImages

/// What Xen learned to read from a tree after its first release for ARM, and when.
public enum XenFeature: Sendable, Hashable, CaseIterable {
  case policy
  case guests
  case deviceAssignment
  case staticMemory
  case directMap
  case sharedMemory
  case eventChannels
  case interfaces
  case processorPools
  case legacyInterfaces
  case capabilities

  /// The first release whose sources have the name that the tree uses for it.
  public var since: XenVersion {
    switch self {
    case .policy: XenVersion(major: 4, minor: 5)
    case .guests: XenVersion(major: 4, minor: 12)
    case .deviceAssignment: XenVersion(major: 4, minor: 13)
    case .staticMemory: XenVersion(major: 4, minor: 16)
    case .directMap, .sharedMemory, .eventChannels, .interfaces, .processorPools:
      XenVersion(major: 4, minor: 17)
    case .legacyInterfaces, .capabilities: XenVersion(major: 4, minor: 21)
    }
  }

  var words: String {
    switch self {
    case .policy: "an XSM policy as a module"
    case .guests: "guests that Xen starts by itself"
    case .deviceAssignment: "devices for guests that Xen starts by itself"
    case .staticMemory: "static memory for guests"
    case .directMap: "guests that are mapped directly"
    case .sharedMemory: "memory that guests share"
    case .eventChannels: "static event channels"
    case .interfaces: "Xen's interfaces (`xen,enhanced`) for guests"
    case .processorPools: "pools of processors"
    case .legacyInterfaces: "`xen,enhanced` with the word legacy"
    case .capabilities: "capabilities of guests"
    }
  }
}

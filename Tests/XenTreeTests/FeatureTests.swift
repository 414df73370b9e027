import BootImages
import DeviceTree
import Diagnostics
import Measures
import Testing
import XenTree

/// Each thing that Xen learned is refused for the release before and taken by the one that has it.
@Suite struct FeatureTests {
  /// A plan that needs the feature, and no younger one.
  private static func plan(_ feature: XenFeature, _ version: XenVersion) -> XenTree {
    var plan = Sample.plan(version: version)
    if feature == .policy {
      plan.modules.append(XenModule(kind: .policy, address: 0x4900_0000, size: 0x1000))
      return plan
    }
    var guest = Sample.guest("domU1")
    let memory = AddressRange(start: 0x5000_0000, size: guest.memory)
    switch feature {
    case .policy, .guests: break
    case .deviceAssignment:
      guest.modules.append(XenModule(kind: .tree, address: 0x4b00_0000, size: 0x1000))
    case .staticMemory: guest.staticMemory = [memory].compactMap(\.self)
    case .directMap:
      guest.staticMemory = [memory].compactMap(\.self)
      guest.isDirectMapped = true
    case .sharedMemory:
      guest.sharedMemory = [
        .init(id: "ring", host: 0x6000_0000, guest: 0x5000_0000, size: 0x1000)
      ]
    case .eventChannels:
      plan.eventChannels = [
        EventChannel(.init(domain: nil, port: 1), .init(domain: "domU1", port: 1))
      ]
    case .interfaces: guest.interfaces = .enabled
    case .processorPools:
      plan.pools = [ProcessorPool(name: "all", processors: ["/cpus/cpu@0"])]
    case .legacyInterfaces: guest.interfaces = .legacy
    case .capabilities: guest.capabilities = .control
    }
    plan.domains = [guest]
    return plan
  }

  @Test(arguments: XenFeature.allCases)
  func knownSince(_ feature: XenFeature) throws {
    let since = feature.since
    let before = XenVersion(major: since.major, minor: since.minor - 1)
    let base = Sample.base(processors: 1)
    #expect(throws: XenTreeError.tooOldFor(feature, before)) {
      try Self.plan(feature, before).composed(on: base)
    }
    #expect(throws: Never.self) { try Self.plan(feature, since).composed(on: base) }
  }

  @Test func words() {
    let error = XenTreeError.tooOldFor(.guests, XenVersion(major: 4, minor: 11))
    #expect(
      error.diagnostic.message
        == "Xen 4.11 does not know guests that Xen starts by itself: 4.12 was the first")
  }

  /// dom0's end stands in `/chosen` itself.
  @Test func dom0sEventChannel() throws {
    let plan = Self.plan(.eventChannels, XenVersion(major: 4, minor: 17))
    let tree = try plan.composed(on: Sample.base())
    let one = try #require(tree.node(at: "/chosen/event-channel-1"))
    let other = try #require(tree.node(at: "/chosen/domU1/event-channel-1"))
    #expect(one.property("xen,evtchn")?.cells == [1, 2])
    #expect(other.property("xen,evtchn")?.cells == [1, 1])
  }
}

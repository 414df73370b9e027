import BootImages
import DeviceTree
import DeviceTreeLint
import Diagnostics
import Measures
import Testing
import XenTree

/// What is composed pleases the rules for guests.
@Suite struct LintedTests {
  /// Everything that a guest can have.
  private static func plan(_ version: XenVersion) -> XenTree {
    var (one, two) = (Sample.guest("domU1"), Sample.guest("domU2", at: 0x4b00_0000))
    one.hasConsole = true
    one.interfaces = .noXenstore
    one.isDirectMapped = true
    one.staticMemory = [AddressRange(start: 0x5000_0000, size: one.memory)].compactMap(\.self)
    one.sharedMemory = [
      .init(id: "ring", role: .owner, host: 0x6000_0000, guest: 0x6000_0000, size: 0x1000)
    ]
    two.processors = 2
    two.pool = "rest"
    two.modules.append(XenModule(kind: .ramdisk, address: 0x4c00_0000, size: 0x12_3457))
    two.sharedMemory = [
      .init(id: "ring", role: .borrower, host: 0x6000_0000, guest: 0x5100_0000, size: 0x1000)
    ]
    return Sample.guests(
      [one, two], version: version,
      channels: [
        EventChannel(.init(domain: "domU1", port: 1), .init(domain: "domU2", port: 1)),
        EventChannel(.init(domain: "domU1", port: 2), .init(domain: "domU2", port: 3)),
      ],
      pools: [
        ProcessorPool(name: "first", processors: ["/cpus/cpu@0"]),
        ProcessorPool(name: "rest", processors: ["/cpus/cpu@1"], scheduler: "null"),
      ])
  }

  private static func findings(_ tree: DeviceTree, _ version: XenVersion) throws -> [Finding] {
    let linter = Linter(
      for: LintTarget(xen: version),
      selection: try RuleSelection(
        select: [RuleCard.Family.dom0less.rawValue], ignore: []))
    return linter.lint(tree.encoded(), file: "composed.dtb")
  }

  @Test(arguments: [17, 19, 20, 21, 22])
  func guestsWithoutDom0(minor: Int) throws {
    let version = XenVersion(major: 4, minor: minor)
    var plan = Self.plan(version)
    if minor >= 21 { plan.domains[1].capabilities = [.control, .hardware] }
    let tree = try plan.composed(on: Sample.base(processors: 2))
    #expect(try Self.findings(tree, version) == [])
  }

  @Test(arguments: [17, 22])
  func guestsBesideDom0(minor: Int) throws {
    let version = XenVersion(major: 4, minor: minor)
    var plan = Self.plan(version)
    plan.modules = [Sample.kernel, Sample.ramdisk]
    plan.dom0Arguments = Sample.arguments.dom0
    plan.eventChannels.append(
      EventChannel(.init(domain: nil, port: 9), .init(domain: "domU2", port: 9)))
    let tree = try plan.composed(on: Sample.base(processors: 2))
    #expect(try Self.findings(tree, version) == [])
  }

  @Test func theOldestXenWithStaticMemory() throws {
    let version = XenVersion(major: 4, minor: 16)
    var guest = Sample.guest("domU1")
    guest.staticMemory = [AddressRange(start: 0x5000_0000, size: guest.memory)].compactMap(\.self)
    let tree = try Sample.guests([guest], version: version).composed(on: Sample.base())
    #expect(try Self.findings(tree, version) == [])
    // The rules do look at it: with the cells of /chosen the same value is a mistake.
    let newer = XenVersion(major: 4, minor: 17)
    #expect(Set(try Self.findings(tree, newer).map(\.rule)) == ["d0l-static-sum"])
  }
}

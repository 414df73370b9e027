import BootImages
import DeviceTree
import Diagnostics
import Measures
import Testing
import XenTree

/// Guests that would stop Xen, or lose what they need without a word, refused with the reason.
@Suite struct GuestRefusalTests {
  private static func refusal(
    _ plan: XenTree, on base: DeviceTree = Sample.base(processors: 2)
  ) -> XenTreeError? {
    do {
      _ = try plan.composed(on: base)
      return nil
    } catch {
      return error
    }
  }

  private static func words(_ error: XenTreeError?) -> String {
    guard let diagnostic = error?.diagnostic else { return "accepted" }
    return "\(diagnostic.message) (\(diagnostic.help ?? "no help"))"
  }

  /// What becomes of one guest that was changed so.
  private static func fault(_ change: (inout XenDomain) -> Void) -> XenDomainFault? {
    var guest = Sample.guest("domU1")
    change(&guest)
    let version = XenVersion(major: 4, minor: 22)
    guard case .domain(_, let fault) = refusal(Sample.guests([guest], version: version)) else {
      return nil
    }
    return fault
  }

  /// A unit address would cost the guest its command line.
  @Test(arguments: ["domU@1", "", "1domU", "dom U", "domÜ", "domU/1", "-a"])
  func malformedNames(name: String) {
    let error = Self.refusal(Sample.guests([Sample.guest(name)]))
    #expect(error == .domain(name, .name(.malformed)))
    #expect(
      Self.words(error) == """
        the guest `\(name)` has a name that no node can have (begin with a letter, and use \
        letters, digits and , . _ + - only)
        """)
  }

  @Test func longNames() {
    let name = String(repeating: "x", count: 31)
    #expect(Self.refusal(Sample.guests([Sample.guest(name)])) == nil)
    #expect(
      Self.refusal(Sample.guests([Sample.guest(name + "x")]))
        == .domain(name + "x", .name(.tooLong(limit: 31))))
  }

  @Test(arguments: ["memory", "chosen", "Modules"])
  func reservedNames(name: String) {
    #expect(
      Self.refusal(Sample.guests([Sample.guest(name)])) == .domain(name, .name(.reserved)))
  }

  @Test func namesThatAreTaken() {
    let guests = [Sample.guest("domU"), Sample.guest("domu", at: 0x4b00_0000)]
    #expect(Self.refusal(Sample.guests(guests)) == .nameTaken("domu"))
    let chosen = Node(name: "chosen", children: [Node(name: "domU")])
    #expect(
      Self.refusal(Sample.guests([guests[0]]), on: Sample.base(chosen: chosen))
        == .nameTaken("domU"))
    #expect(
      Self.words(.nameTaken("domU")) == """
        `/chosen` would have two nodes of the name `domU` (give each guest and each pool a name \
        of its own, whatever the case of its letters)
        """)
  }

  @Test func guestsThatLackSomething() {
    #expect(Self.fault { $0.memory = 0 } == .noMemory)
    #expect(Self.fault { $0.memory = 65_537 } == .oddMemory(65_537))
    #expect(Self.fault { $0.processors = 0 } == .noProcessors)
    #expect(Self.fault { $0.modules = [] } == .noKernel)
    #expect(Self.fault { $0.pool = "fast" } == .unknownPool("fast"))
    #expect(Self.fault { $0.isDirectMapped = true } == .directMapWithoutStaticMemory)
    #expect(Self.fault { $0.interfaces = .enabled } == .noXenstore)
    #expect(Self.fault { $0.interfaces = .noXenstore } == nil)
    #expect(
      Self.fault { $0.arguments = String(repeating: "x", count: 1024) }
        == .argumentsTooLong(1024))
    #expect(
      Self.words(.domain("domU1", .directMapWithoutStaticMemory)) == """
        the guest `domU1` is to be mapped directly, but Xen chooses its memory (give it static \
        memory, or let Xen map it as it likes)
        """)
  }

  /// Xen 4.17 panics at both, the second time only after it has built the first guest.
  @Test func tooLittleMemory() {
    #expect(
      Self.fault { $0.memory = .mebibytes(4) }
        == .memoryTooSmall(.mebibytes(4), files: 0x53_2200))
    let half = [Sample.guest("domU1"), Sample.guest("domU2", at: 0x4b00_0000)].map { guest in
      var guest = guest
      guest.memory = .mebibytes(512)
      return guest
    }
    #expect(Self.refusal(Sample.guests(half)) == .beyondRAM(.gibibytes(1), ram: .gibibytes(1)))
    #expect(
      Self.words(.beyondRAM(.gibibytes(2), ram: .gibibytes(1))) == """
        the guests are to have 2 GiB of memory, and the board's tree tells of 1 GiB of RAM (give \
        them less: Xen, its heap and the loaded files need room as well)
        """)
  }

  /// The bootloader fills in how much RAM there is.
  @Test func aTreeThatDoesNotKnowItsRAM() {
    var base = Sample.base()
    base.edit("/memory@40000000") { $0.set(.cells("reg", [0, 0])) }
    var guest = Sample.guest("domU1")
    guest.memory = .gibibytes(8)
    #expect(Self.refusal(Sample.guests([guest]), on: base) == nil)
  }

  @Test func staticMemory() throws {
    let half = try #require(AddressRange(start: 0x5000_0000, size: .mebibytes(32)))
    let odd = try #require(AddressRange(start: 0x5000_0800, size: .mebibytes(64)))
    let high = try #require(AddressRange(start: 0x1_0000_0000, size: .mebibytes(64)))
    #expect(
      Self.fault { $0.staticMemory = [half] }
        == .staticMemorySum(.mebibytes(32), memory: .mebibytes(64)))
    #expect(Self.fault { $0.staticMemory = [odd] } == .notPages(odd))
    #expect(Self.fault { $0.staticMemory = [high] } == .beyondCells(high))
    #expect(
      Self.words(.domain("domU1", .staticMemorySum(.mebibytes(32), memory: .mebibytes(64)))) == """
        the guest `domU1` has 32 MiB of static memory, but is to have 64 MiB (let its ranges add \
        up to its memory: Xen adds nothing to them)
        """)
  }

  private static func share(
    _ id: String, _ role: XenDomain.SharedMemory.Role? = nil, host: Address = 0x6000_0000,
    guest: Address = 0x5000_0000, size: ByteCount = 0x1000
  ) -> XenDomain.SharedMemory {
    .init(id: id, role: role, host: host, guest: guest, size: size)
  }

  @Test func sharedMemoryOfOneGuest() {
    for id in ["", "sixteen-bytes-id", "a\0b"] {
      #expect(Self.fault { $0.sharedMemory = [Self.share(id)] } == .badSharedID(id))
    }
    for share in [
      Self.share("ring", host: 0x6000_0010), Self.share("ring", guest: 0x5000_0010),
      Self.share("ring", size: 0), Self.share("ring", size: 0x800),
      Self.share("ring", host: 0xffff_ffff_ffff_f000),
    ] {
      #expect(Self.fault { $0.sharedMemory = [share] } == .sharedNotPages("ring"))
    }
    #expect(
      Self.fault {
        $0.isDirectMapped = true
        $0.staticMemory = [AddressRange(start: 0x5000_0000, size: .mebibytes(64))].compactMap(
          \.self)
        $0.sharedMemory = [Self.share("ring")]
      } == .sharedNotDirect("ring"))
  }

  @Test(
    arguments: [
      (share("ring", host: 0x6100_0000), .sharedMemoryDiffers("ring")),
      (share("another"), .sharedMemoryDiffers("another")),
      (share("ring", .owner), .sharedMemoryOwnedTwice("ring")),
      (share("other", .borrower, host: 0x6100_0000), .sharedMemoryWithoutOwner("other")),
      (share("ring", .borrower), nil),
    ] as [(XenDomain.SharedMemory, XenTreeError?)])
  func sharedMemoryOfTwoGuests(second: XenDomain.SharedMemory, expected: XenTreeError?) {
    var guests = [Sample.guest("domU1"), Sample.guest("domU2", at: 0x4b00_0000)]
    guests[0].sharedMemory = [Self.share("ring", .owner)]
    guests[1].sharedMemory = [second]
    #expect(Self.refusal(Sample.guests(guests)) == expected)
  }

  @Test func eventChannels() {
    let guests = [Sample.guest("domU1"), Sample.guest("domU2", at: 0x4b00_0000)]
    func refusal(_ one: EventChannel.End, _ other: EventChannel.End) -> XenTreeError? {
      Self.refusal(Sample.guests(guests, channels: [EventChannel(one, other)]))
    }
    let end = EventChannel.End(domain: "domU1", port: 1)
    #expect(refusal(end, .init(domain: "domU2", port: 1)) == nil)
    #expect(refusal(end, .init(domain: "domU3", port: 1)) == .unknownDomain("domU3"))
    #expect(refusal(end, .init(domain: nil, port: 1)) == .unknownDomain("dom0"))
    #expect(refusal(end, .init(domain: "domU2", port: 0)) == .badPort(0, domain: "domU2"))
    #expect(refusal(end, .init(domain: "domU2", port: 1024)) == .badPort(1024, domain: "domU2"))
    #expect(refusal(end, end) == .portTaken(1, domain: "domU1"))
  }

  @Test func capabilities() {
    var guests = [Sample.guest("domU1"), Sample.guest("domU2", at: 0x4b00_0000)]
    guests[0].capabilities = [.hardware, .xenstore]
    guests[1].interfaces = .enabled
    let version = XenVersion(major: 4, minor: 21)
    #expect(Self.refusal(Sample.guests(guests, version: version)) == nil)
    guests[1].capabilities = .xenstore
    #expect(
      Self.refusal(Sample.guests(guests, version: version))
        == .domain("domU2", .second("xenstore")))
    var plan = Sample.plan(version: version)
    plan.domains = [guests[0]]
    #expect(Self.refusal(plan) == .domain("domU1", .second("hardware")))
  }

  @Test func pools() {
    func refusal(_ pools: ProcessorPool...) -> XenTreeError? {
      Self.refusal(Sample.guests([Sample.guest("domU1")], pools: pools))
    }
    let fast = ProcessorPool(name: "fast", processors: ["/cpus/cpu@0"])
    #expect(refusal(fast) == nil)
    #expect(refusal(ProcessorPool(name: "none", processors: [])) == .emptyPool("none"))
    #expect(
      refusal(ProcessorPool(name: "odd", processors: ["/cpus/cpu@7"]))
        == .noProcessor("/cpus/cpu@7", pool: "odd"))
    #expect(
      refusal(fast, ProcessorPool(name: "slow", processors: ["/cpus/cpu@0"]))
        == .processorTwice("/cpus/cpu@0", pool: "slow"))
    #expect(refusal(fast, fast) == .nameTaken("fast"))
    #expect(
      refusal(ProcessorPool(name: "domU1", processors: ["/cpus/cpu@0"])) == .nameTaken("domU1"))
  }

  /// Half a dom0 is a mistake, no dom0 is a choice.
  @Test func halfADom0() {
    var plan = Sample.guests([Sample.guest("domU1")])
    plan.dom0Arguments = "console=hvc0"
    #expect(Self.refusal(plan) == .noKernel)
    plan.dom0Arguments = ""
    plan.modules = [Sample.ramdisk]
    #expect(Self.refusal(plan) == .noKernel)
    plan.modules = []
    plan.domains = []
    #expect(Self.refusal(plan) == .noKernel)
  }

  @Test func modules() {
    let tree = XenModule(kind: .tree, address: 0x4900_0000, size: 0x1000)
    let policy = XenModule(kind: .policy, address: 0x4900_0000, size: 0x1000)
    #expect(
      Self.refusal(Sample.plan(modules: [Sample.kernel, tree]))
        == .misplacedModule(.tree, owner: "dom0"))
    #expect(
      Self.refusal(Sample.plan(modules: [Sample.kernel, Sample.kernel]))
        == .twoModules(.kernel, owner: "dom0"))
    let same = XenModule(kind: .ramdisk, address: Sample.kernel.address, size: 1)
    #expect(
      Self.refusal(Sample.plan(modules: [Sample.kernel, same]))
        == .sameAddress(0x4400_0000, owner: "dom0"))
    var guest = Sample.guest("domU1")
    guest.modules.append(policy)
    #expect(
      Self.refusal(Sample.guests([guest])) == .misplacedModule(.policy, owner: "domU1"))
    let many = (0..<31).map { number in
      var guest = Sample.guest("domU\(number)", at: Address(0x4a00_0000 + UInt64(number) << 20))
      guest.memory = .mebibytes(32)
      return guest
    }
    #expect(Self.refusal(Sample.guests(many)) == .tooManyModules(31, limit: 30))
    #expect(Self.refusal(Sample.guests(Array(many.dropLast()))) == nil)
  }
}

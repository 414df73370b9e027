import BootImages
import DeviceTree
import Measures
import Testing
import XenTree

/// Guests that Xen starts by itself, in dtc's words.
@Suite struct GuestTests {
  @Test func guestsBesideDom0() throws {
    var plan = Sample.plan(modules: [Sample.kernel])
    plan.domains = [Sample.guest("domU1"), Sample.guest("domU2", at: 0x4b00_0000)]
    plan.domains[1].arguments = ""
    plan.domains[1].processors = 2
    plan.domains[1].hasConsole = true
    plan.domains[1].interfaces = .enabled
    plan.domains[1].modules.append(
      XenModule(kind: .ramdisk, address: 0x4c00_0000, size: 0x12_3457))
    #expect(
      try DTC.chosen(of: plan.composed(on: Sample.base())) == """
        chosen {
        \tstdout-path = "serial0:115200n8";
        \txen,xen-bootargs = "console=dtuart dtuart=serial0";
        \txen,dom0-bootargs = "console=hvc0";
        \t#address-cells = <0x01>;
        \t#size-cells = <0x01>;

        \tmodule@44000000 {
        \t\tcompatible = "multiboot,kernel\\0multiboot,module";
        \t\treg = <0x44000000 0x532200>;
        \t};

        \tdomU1 {
        \t\tcompatible = "xen,domain";
        \t\t#address-cells = <0x02>;
        \t\t#size-cells = <0x02>;
        \t\tmemory = <0x00 0x10000>;
        \t\tcpus = <0x01>;

        \t\tmodule@4a000000 {
        \t\t\tcompatible = "multiboot,kernel\\0multiboot,module";
        \t\t\treg = <0x00 0x4a000000 0x00 0x532200>;
        \t\t\tbootargs = "console=ttyAMA0";
        \t\t};
        \t};

        \tdomU2 {
        \t\tcompatible = "xen,domain";
        \t\t#address-cells = <0x02>;
        \t\t#size-cells = <0x02>;
        \t\tmemory = <0x00 0x10000>;
        \t\tcpus = <0x02>;
        \t\tvpl011;
        \t\txen,enhanced = "enabled";

        \t\tmodule@4b000000 {
        \t\t\tcompatible = "multiboot,kernel\\0multiboot,module";
        \t\t\treg = <0x00 0x4b000000 0x00 0x532200>;
        \t\t};

        \t\tmodule@4c000000 {
        \t\t\tcompatible = "multiboot,ramdisk\\0multiboot,module";
        \t\t\treg = <0x00 0x4c000000 0x00 0x123457>;
        \t\t};
        \t};
        };
        """)
  }

  /// No kernel for dom0, and no arguments for it either, and Xen starts the guests alone.
  @Test func withoutDom0() throws {
    var guest = Sample.guest("domU1")
    guest.capabilities = [.control, .hardware]
    guest.modules.append(XenModule(kind: .tree, address: 0x4d00_0000, size: 0x1000))
    let version = XenVersion(major: 4, minor: 21)
    var plan = Sample.guests([guest], version: version)
    plan.modules = [XenModule(kind: .policy, address: 0x4900_0000, size: 0x800)]
    #expect(
      try DTC.chosen(of: plan.composed(on: Sample.base(chosen: nil))) == """
        chosen {
        \txen,xen-bootargs = "console=dtuart dtuart=serial0";
        \t#address-cells = <0x01>;
        \t#size-cells = <0x01>;

        \tmodule@49000000 {
        \t\tcompatible = "xen,xsm-policy\\0multiboot,module";
        \t\treg = <0x49000000 0x800>;
        \t};

        \tdomU1 {
        \t\tcompatible = "xen,domain";
        \t\t#address-cells = <0x02>;
        \t\t#size-cells = <0x02>;
        \t\tmemory = <0x00 0x10000>;
        \t\tcpus = <0x01>;
        \t\tcapabilities = <0x03>;

        \t\tmodule@4a000000 {
        \t\t\tcompatible = "multiboot,kernel\\0multiboot,module";
        \t\t\treg = <0x00 0x4a000000 0x00 0x532200>;
        \t\t\tbootargs = "console=ttyAMA0";
        \t\t};

        \t\tmodule@4d000000 {
        \t\t\tcompatible = "multiboot,device-tree\\0multiboot,module";
        \t\t\treg = <0x00 0x4d000000 0x00 0x1000>;
        \t\t};
        \t};
        };
        """)
  }

  private static let mapped: XenDomain = {
    var guest = Sample.guest("domU1")
    guest.isDirectMapped = true
    guest.staticMemory = [
      AddressRange(start: 0x5000_0000, size: .mebibytes(32)),
      AddressRange(start: 0x5400_0000, size: .mebibytes(32)),
    ].compactMap(\.self)
    return guest
  }()

  /// In the cells of `/chosen`, not in the guest's.
  @Test func staticMemory() throws {
    let tree = try Sample.guests([Self.mapped]).composed(on: Sample.base())
    let node = try #require(tree.node(at: "/chosen/domU1"))
    #expect(node.property("direct-map") == .empty("direct-map"))
    #expect(
      node.property("xen,static-mem")?.cells
        == [0x5000_0000, 0x200_0000, 0x5400_0000, 0x200_0000])
    #expect(node.property("#xen,static-mem-address-cells") == nil)
  }

  /// 4.16 counted them by properties of their own.
  @Test func staticMemoryAtFirst() throws {
    var guest = Self.mapped
    guest.isDirectMapped = false
    let version = XenVersion(major: 4, minor: 16)
    let tree = try Sample.guests([guest], version: version).composed(on: Sample.base())
    let node = try #require(tree.node(at: "/chosen/domU1"))
    #expect(node.property("#xen,static-mem-address-cells")?.cells == [2])
    #expect(node.property("#xen,static-mem-size-cells")?.cells == [2])
    #expect(
      node.property("xen,static-mem")?.cells
        == [0, 0x5000_0000, 0, 0x200_0000, 0, 0x5400_0000, 0, 0x200_0000])
  }

  @Test func sharedMemoryAndEventChannels() throws {
    var (one, two) = (Sample.guest("domU1"), Sample.guest("domU2", at: 0x4b00_0000))
    one.arguments = ""
    two.arguments = ""
    one.sharedMemory = [
      .init(id: "ring", role: .owner, host: 0x6000_0000, guest: 0x5000_0000, size: 0x1000)
    ]
    two.sharedMemory = [
      .init(id: "ring", role: .borrower, host: 0x6000_0000, guest: 0x5100_0000, size: 0x1000)
    ]
    let channel = EventChannel(
      .init(domain: "domU1", port: 10), .init(domain: "domU2", port: 11))
    var base = Sample.base(chosen: nil)
    // Phandles go on behind the highest.
    base.edit("/soc/serial@1c28000") { $0.set(.cells("phandle", [7])) }
    #expect(
      try DTC.chosen(of: Sample.guests([one, two], channels: [channel]).composed(on: base)) == """
        chosen {
        \txen,xen-bootargs = "console=dtuart dtuart=serial0";
        \t#address-cells = <0x01>;
        \t#size-cells = <0x01>;

        \tdomU1 {
        \t\tcompatible = "xen,domain";
        \t\t#address-cells = <0x02>;
        \t\t#size-cells = <0x02>;
        \t\tmemory = <0x00 0x10000>;
        \t\tcpus = <0x01>;

        \t\tmodule@4a000000 {
        \t\t\tcompatible = "multiboot,kernel\\0multiboot,module";
        \t\t\treg = <0x00 0x4a000000 0x00 0x532200>;
        \t\t};

        \t\tshared-memory-0 {
        \t\t\tcompatible = "xen,domain-shared-memory-v1";
        \t\t\trole = "owner";
        \t\t\txen,shm-id = "ring";
        \t\t\txen,shared-mem = <0x00 0x60000000 0x00 0x50000000 0x00 0x1000>;
        \t\t};

        \t\tevent-channel-10 {
        \t\t\tcompatible = "xen,evtchn-v1";
        \t\t\txen,evtchn = <0x0a 0x09>;
        \t\t\tphandle = <0x08>;
        \t\t};
        \t};

        \tdomU2 {
        \t\tcompatible = "xen,domain";
        \t\t#address-cells = <0x02>;
        \t\t#size-cells = <0x02>;
        \t\tmemory = <0x00 0x10000>;
        \t\tcpus = <0x01>;

        \t\tmodule@4b000000 {
        \t\t\tcompatible = "multiboot,kernel\\0multiboot,module";
        \t\t\treg = <0x00 0x4b000000 0x00 0x532200>;
        \t\t};

        \t\tshared-memory-0 {
        \t\t\tcompatible = "xen,domain-shared-memory-v1";
        \t\t\trole = "borrower";
        \t\t\txen,shm-id = "ring";
        \t\t\txen,shared-mem = <0x00 0x60000000 0x00 0x51000000 0x00 0x1000>;
        \t\t};

        \t\tevent-channel-11 {
        \t\t\tcompatible = "xen,evtchn-v1";
        \t\t\txen,evtchn = <0x0b 0x08>;
        \t\t\tphandle = <0x09>;
        \t\t};
        \t};
        };
        """)
  }

  @Test func poolsOfProcessors() throws {
    var guest = Sample.guest("domU1")
    guest.pool = "fast"
    let pools = [
      ProcessorPool(name: "fast", processors: ["/cpus/cpu@1"], scheduler: "null"),
      ProcessorPool(name: "rest", processors: ["/cpus/cpu@0"]),
    ]
    let base = Sample.base(processors: 2)
    let tree = try Sample.guests([guest], pools: pools).composed(on: base)
    #expect(tree.node(at: "/cpus/cpu@1")?.property("phandle")?.cells == [1])
    #expect(tree.node(at: "/cpus/cpu@0")?.property("phandle")?.cells == [3])
    let fast = try #require(tree.node(at: "/chosen/fast"))
    #expect(fast.property("compatible")?.string == "xen,cpupool")
    #expect(fast.property("cpupool-cpus")?.cells == [1])
    #expect(fast.property("cpupool-sched")?.string == "null")
    #expect(tree.node(at: "/chosen/rest")?.property("cpupool-cpus")?.cells == [3])
    let phandle = try #require(fast.property("phandle"))
    #expect(
      tree.node(at: "/chosen/domU1")?.property("domain-cpupool")?.value == phandle.value)
  }

  /// What the first composition put there goes, and its phandles are given out again.
  @Test func composingTwiceIsComposingOnce() throws {
    var guest = Sample.guest("domU1")
    guest.pool = "all"
    let plan = Sample.guests(
      [guest, Sample.guest("domU2", at: 0x4b00_0000)],
      channels: [EventChannel(.init(domain: "domU1", port: 1), .init(domain: "domU2", port: 1))],
      pools: [ProcessorPool(name: "all", processors: ["/cpus/cpu@0", "/cpus/cpu@1"])])
    let once = try plan.composed(on: Sample.base(processors: 2))
    let again = try plan.composed(on: once)
    #expect(again.node(at: "/chosen")?.children == once.node(at: "/chosen")?.children)
    #expect(again.node(at: "/cpus") == once.node(at: "/cpus"))
  }

  /// Where the highest phandle is taken, the lowest that is free is given out.
  @Test func phandlesWrapAround() throws {
    var base = Sample.base()
    base.edit("/soc") { $0.set(.cells("phandle", [0xffff_fffe])) }
    base.edit("/soc/serial@1c28000") { $0.set(.cells("linux,phandle", [1])) }
    let plan = Sample.guests(
      [Sample.guest("domU1"), Sample.guest("domU2", at: 0x4b00_0000)],
      channels: [EventChannel(.init(domain: "domU1", port: 1), .init(domain: "domU2", port: 1))])
    let tree = try plan.composed(on: base)
    #expect(
      tree.node(at: "/chosen/domU1/event-channel-1")?.property("xen,evtchn")?.cells == [1, 3])
    #expect(
      tree.node(at: "/chosen/domU2/event-channel-1")?.property("xen,evtchn")?.cells == [1, 2])
  }
}

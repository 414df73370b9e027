import BootImages
import DeviceTree
import Measures
import Testing
import XenTree

/// What is kept, replaced and taken out of a `/chosen` that is there already.
@Suite struct ChosenTests {
  @Test func aTreeWithoutChosenGetsOne() throws {
    #expect(
      try DTC.chosen(
        of: Sample.plan(modules: [Sample.kernel]).composed(on: Sample.base(chosen: nil))) == """
          chosen {
          \txen,xen-bootargs = "console=dtuart dtuart=serial0";
          \txen,dom0-bootargs = "console=hvc0";
          \t#address-cells = <0x01>;
          \t#size-cells = <0x01>;

          \tmodule@44000000 {
          \t\tcompatible = "multiboot,kernel\\0multiboot,module";
          \t\treg = <0x44000000 0x532200>;
          \t};
          };
          """)
  }

  @Test func itsOwnCellsAreKeptAndUsed() throws {
    let chosen = Node(
      name: "chosen",
      properties: [.cells("#address-cells", [2]), .cells("#size-cells", [2])])
    let high = XenModule(kind: .kernel, address: 0x1_4400_0000, size: 0x2_0000_0010)
    #expect(
      try DTC.chosen(
        of: Sample.plan(modules: [high, Sample.ramdisk]).composed(on: Sample.base(chosen: chosen)))
          == """
          chosen {
          \t#address-cells = <0x02>;
          \t#size-cells = <0x02>;
          \txen,xen-bootargs = "console=dtuart dtuart=serial0";
          \txen,dom0-bootargs = "console=hvc0";

          \tmodule@144000000 {
          \t\tcompatible = "multiboot,kernel\\0multiboot,module";
          \t\treg = <0x01 0x44000000 0x02 0x10>;
          \t};

          \tmodule@48000000 {
          \t\tcompatible = "multiboot,ramdisk\\0multiboot,module";
          \t\treg = <0x00 0x48000000 0x00 0x123457>;
          \t};
          };
          """)
  }

  @Test func aFrameBufferStays() throws {
    let screen = Node(
      name: "framebuffer@7be00000",
      properties: [
        .string("compatible", "simple-framebuffer"), .cells("reg", [0x7be0_0000, 0x20_0000]),
      ])
    let chosen = Node(
      name: "chosen",
      properties: [
        .cells("#address-cells", [1]), .cells("#size-cells", [1]), .empty("ranges"),
        .string("stdout-path", "serial0"),
      ], children: [screen])
    let tree = try Sample.plan().composed(on: Sample.base(chosen: chosen))
    let result = try #require(tree.node(at: "/chosen"))
    #expect(result.children.first == screen)
    #expect(result.children.map(\.name) == [screen.name, "module@44000000", "module@48000000"])
    #expect(result.property("ranges") == .empty("ranges"))
    #expect(result.property("stdout-path")?.string == "serial0")
  }

  /// Everything that an earlier boot leaves; where it stayed, Xen or dom0 would follow it.
  private static let stale = Node(
    name: "chosen",
    properties: [
      .string("bootargs", "root=/dev/old"), .string("xen,xen-bootargs", "old"),
      .string("xen,dom0-bootargs", "old"), .cells("linux,initrd-start", [0x4340_0000]),
      .cells("linux,initrd-end", [0x4350_0000]),
    ],
    children: [
      Node(
        name: "modules",
        properties: [.cells("#address-cells", [2]), .cells("#size-cells", [2])],
        children: [Node(name: "module@0")]),
      Node(
        name: "module@42000000",
        properties: [.strings("compatible", ["multiboot,kernel", "multiboot,module"])]),
      Node(
        name: "initrd",
        properties: [.strings("compatible", ["xen,linux-initrd", "xen,multiboot-module"])]),
    ])

  @Test(arguments: [(4, 3), (4, 4), (4, 17)])
  func whatIsStaleGoes(major: Int, minor: Int) throws {
    let plan = Sample.plan(version: XenVersion(major: major, minor: minor))
    let fresh = try plan.composed(on: Sample.base(chosen: Node(name: "chosen")))
    #expect(try plan.composed(on: Sample.base(chosen: Self.stale)) == fresh)
    let chosen = try #require(fresh.node(at: "/chosen"))
    #expect(chosen.property("bootargs")?.string == (minor == 3 ? Sample.arguments.xen : nil))
  }

  /// Xen looks for modules below `/chosen` at any depth, takes a guest from a node of its own, and
  /// no node may have the name of one of ours. What is neither stays.
  @Test(
    arguments: [
      Node(name: "old", children: [staleModule("multiboot,kernel", "multiboot,module")]),
      Node(name: "old", children: [staleModule("xen,linux-zimage", "xen,multiboot-module")]),
      Node(
        name: "old",
        children: [
          Node(name: "older", children: [staleModule("multiboot,kernel", "multiboot,module")])
        ]),
    ])
  func modulesFurtherDown(old: Node) throws {
    let tree = try Sample.plan().composed(
      on: Sample.base(chosen: Node(name: "chosen", children: [old])))
    let kept = try #require(tree.node(at: "/chosen/old"))
    #expect(!Self.names(below: kept).contains("module@45000000"))
    let chosen = try #require(tree.node(at: "/chosen"))
    #expect(chosen.children.map(\.name) == ["old", "module@44000000", "module@48000000"])
  }

  @Test(arguments: [(4, 4), (4, 17)])
  func anEarlierGuestGoes(major: Int, minor: Int) throws {
    let plan = Sample.plan(version: XenVersion(major: major, minor: minor))
    let guest = Node(
      name: "domU1", properties: [.string("compatible", "xen,domain")],
      children: [Self.staleModule("multiboot,kernel", "multiboot,module")])
    let tree = try plan.composed(on: Sample.base(chosen: Node(name: "chosen", children: [guest])))
    #expect(try tree == plan.composed(on: Sample.base(chosen: Node(name: "chosen"))))
  }

  @Test func noTwoNodesGetOneName() throws {
    let namesake = Node(name: "module@44000000", properties: [.cells("reg", [1, 2])])
    let tree = try Sample.plan().composed(
      on: Sample.base(chosen: Node(name: "chosen", children: [namesake])))
    #expect(try tree == Sample.plan().composed(on: Sample.base(chosen: Node(name: "chosen"))))
  }

  private static func staleModule(_ compatible: String...) -> Node {
    Node(name: "module@45000000", properties: [.strings("compatible", compatible)])
  }

  private static func names(below node: Node) -> [String] {
    node.children.flatMap { [$0.name] + names(below: $0) }
  }

  @Test(arguments: [(4, 3), (4, 4), (4, 17)])
  func composingTwiceIsComposingOnce(major: Int, minor: Int) throws {
    let plan = Sample.plan(version: XenVersion(major: major, minor: minor))
    let once = try plan.composed(on: Sample.base())
    let again = try plan.composed(on: once)
    // Properties that were there keep their place, so only their order differs.
    let chosen = try [once, again].map { try #require($0.node(at: "/chosen")) }
    #expect(Set(chosen[0].properties) == Set(chosen[1].properties))
    #expect(chosen[0].children == chosen[1].children)
  }

  @Test func theRestOfTheTreeIsNotTouched() throws {
    var base = Sample.base()
    base.reservations = [MemoryReservation(address: 0x4300_0000, size: 0x1_0000)]
    base.bootProcessor = 1
    var tree = try Sample.plan().composed(on: base)
    tree.edit("/chosen") { chosen in chosen = base.node(at: "/chosen") ?? chosen }
    #expect(tree == base)
  }
}

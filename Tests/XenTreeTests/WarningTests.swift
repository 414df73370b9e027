import DeviceTree
import Diagnostics
import Measures
import Testing
import XenTree

/// What is remarked of a board's tree that Xen would boot with all the same.
@Suite struct WarningTests {
  private static func words(
    _ base: DeviceTree, grantTable: AddressRange? = nil
  ) -> [String] {
    XenTree.warnings(on: base, grantTable: grantTable).map(\.diagnostic.message)
  }

  @Test func nothing() {
    #expect(XenTree.warnings(on: Sample.base()) == [])
    let hole = AddressRange(start: 0x3800_0000, size: 0x2_0000)
    #expect(XenTree.warnings(on: Sample.base(), grantTable: hole) == [])
  }

  @Test func aHypervisorNode() {
    var base = Sample.base()
    base.root.children.append(Node(name: "hypervisor"))
    #expect(XenTree.warnings(on: base) == [.hypervisorNode])
    #expect(
      Self.words(base)
        == ["the board's tree has a node `/hypervisor`, which Xen makes for dom0 itself"])
  }

  /// Where the oldest Xen put it on every machine.
  @Test func aGrantTableInRAM() {
    let table = AddressRange(start: 0x7000_0000, size: 0x2_0000)
    #expect(
      Self.words(Sample.base(), grantTable: table) == [
        """
        dom0's grant table, 0x70000000..0x7001ffff, lies in RAM (/memory@40000000), which it \
        overwrites
        """
      ])
  }

  /// Behind a bus that moves its addresses, as the processor sees it.
  @Test func aGrantTableOnADevice() {
    let cells: [Property] = [.cells("#address-cells", [1]), .cells("#size-cells", [1])]
    var base = Sample.base()
    base.root.children.append(
      Node(
        name: "bus", properties: cells + [.cells("ranges", [0, 0x01d0_0000, 0x10_0000])],
        children: [
          Node(name: "sram@1000", properties: [.cells("reg", [0x1000, 0x1000])]),
          Node(name: "far@200000", properties: [.cells("reg", [0x20_0000, 0x1000])]),
        ]))
    let table = AddressRange(start: 0x01d0_0000, size: 0x2_0000)
    #expect(
      Self.words(base, grantTable: table)
        == ["dom0's grant table, 0x01d00000..0x01d1ffff, hides the registers of /bus/sram@1000"])
  }
}

import Diagnostics
import Testing

/// The same layout under several versions of Xen.
@Suite struct LayoutVersionTests {
  @Test(arguments: [
    ("4.11", "info"), ("4.17", "info"), ("4.18", "info"), ("4.19", "error"), ("4.20", "error"),
  ])
  func aModulePartlyReservedIsDroppedSince419(_ version: String, _ severity: String) throws {
    var tree = LayoutTree()
    tree.reservations = "/memreserve/ 0x44000000 0x1000;"
    tree.chosen = LayoutTree.kernel(0x4400_0000)
    #expect(try tree.findings(.xen(version)) == ["\(severity) module-memreserve-partial"])
  }

  @Test(arguments: [("4.18", []), ("4.19", ["warning module-memreserve-partial"]), ("4.20", [])])
  func aModuleReservedAsAWholeIsDroppedByTheFirst419(
    _ version: String, _ expected: [String]
  ) throws {
    var tree = LayoutTree()
    tree.reservations = "/memreserve/ 0x44000000 0x1000000;"
    tree.chosen = LayoutTree.kernel(0x4400_0000)
    #expect(try tree.findings(.xen(version)) == expected)
  }

  @Test(arguments: [("4.12", []), ("4.17", ["warning"]), ("4.18", ["error"]), ("4.22", ["error"])])
  func aRegionOverAModuleIsFatalSince418(_ version: String, _ expected: [String]) throws {
    var tree = LayoutTree()
    tree.nodes = """
      reserved-memory {
        #address-cells = <1>; #size-cells = <1>; ranges;
        video@44100000 { reg = <0x44100000 0x100000>; };
      };
      """
    tree.chosen = LayoutTree.kernel(0x4400_0000)
    #expect(try tree.findings(.xen(version)) == expected.map { "\($0) reserved-overlap" })
  }

  @Test(arguments: [("4.17", ["warning"]), ("4.18", ["error"]), ("4.19", []), ("4.22", [])])
  func aDisabledRegionIsLeftOutSince419(_ version: String, _ expected: [String]) throws {
    var tree = LayoutTree()
    tree.nodes = """
      reserved-memory {
        #address-cells = <1>; #size-cells = <1>; ranges;
        video@44100000 { reg = <0x44100000 0x100000>; status = "disabled"; };
      };
      """
    tree.chosen = LayoutTree.kernel(0x4400_0000)
    #expect(try tree.findings(.xen(version)) == expected.map { "\($0) reserved-overlap" })
  }

  @Test(arguments: [
    ("4.4", "warning initrd-double"), ("4.11", "error module-shadowed-initrd"),
    ("4.17", "error module-shadowed-initrd"),
  ])
  func whichOfTwoRamdisksWins(_ version: String, _ expected: String) throws {
    var tree = LayoutTree()
    tree.chosen = """
      linux,initrd-start = <0x47000000>;
      linux,initrd-end = <0x47100000>;
      module@44000000 {
        compatible = "xen,linux-zimage", "xen,multiboot-module";
        reg = <0x44000000 0x600000>;
      };
      module@46000000 {
        compatible = "xen,linux-initrd", "xen,multiboot-module";
        reg = <0x46000000 0x100000>;
      };
      """
    #expect(try tree.findings(.xen(version)) == [expected])
  }

  @Test(arguments: [
    ("4.17", ["warning memory-node"]), ("4.18", ["warning memory-node"]),
    ("4.19", ["error memory-node"]), ("4.22", ["error memory-node"]),
  ])
  func theOnlyRAMIsDisabled(_ version: String, _ expected: [String]) throws {
    var tree = LayoutTree()
    tree.memory = """
      memory@40000000 {
        device_type = "memory"; reg = <0x40000000 0x40000000>; status = "disabled";
      };
      """
    #expect(try tree.findings(.xen(version)) == expected)
  }

  /// With its NUL it has 92 bytes, and 93.
  @Test func aPathOf91BytesIsSeen() throws {
    for (count, expected) in [(91, []), (92, ["error module-path-len"])] as [(Int, [String])] {
      var tree = LayoutTree()
      let name = String(repeating: "k", count: count - "/chosen/".count)
      tree.chosen = LayoutTree.kernel(0x4400_0000).replacing("module@44000000", with: name)
      #expect(try tree.findings(.xen("4.17")) == expected)
    }
  }

  /// Xen and the tree take two of the 32 slots.
  @Test func the31stModuleIsIgnored() throws {
    for (count, expected) in [(30, []), (31, ["error module-count"])] as [(Int, [String])] {
      var tree = LayoutTree()
      tree.chosen =
        LayoutTree.kernel(0x4400_0000)
        + (1..<UInt64(count)).map { LayoutTree.module(0x4500_0000 + $0 * 0x1000, 0x1000) }.joined()
      #expect(try tree.findings(.xen("4.17")) == expected)
    }
  }
}

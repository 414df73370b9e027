import Diagnostics
import Testing

/// Trees as people have them, and trees that mean harm.
@Suite struct LayoutTreeTests {
  /// Before a boot script has added modules, and with RAM that U-Boot fills in.
  @Test(arguments: ["", "memory { device_type = \"memory\"; reg = <0 0>; };"])
  func aBoardsTreeOfALinuxPackageIsSilent(_ memory: String) throws {
    let source = """
      /dts-v1/;
      / {
        #address-cells = <1>; #size-cells = <1>;
        \(memory)
        reserved-memory {
          #address-cells = <1>; #size-cells = <1>; ranges;
          pool { size = <0x6000000>; reusable; };
        };
        chosen { stdout-path = "serial0:115200n8"; };
      };
      """
    for target in [
      .xen("4.17"), .xen("4.22"), RuleExample.Target(xen: "4.17", board: "cubietruck"),
    ] {
      var tree = LayoutTree()
      tree.source = source
      #expect(try tree.findings(target) == [])
    }
  }

  /// U-Boot fills it in; something else would have to.
  @Test func modulesWithoutRAMAreWorthAWordWhereNoBoardIsKnown() throws {
    var tree = LayoutTree()
    tree.memory = ""
    tree.chosen = LayoutTree.kernel(0x4400_0000)
    #expect(try tree.findings(.xen("4.17")) == ["info memory-node"])
    #expect(try tree.findings(RuleExample.Target(xen: "4.17", board: "cubietruck")) == [])
  }

  @Test func whatOneRuleSaysAnotherDoesNotSayAgain() throws {
    var tree = LayoutTree()
    // The name is missing, so there is no kernel either.
    tree.chosen = """
      module@44000000 { compatible = "multiboot,kernel"; reg = <0x44000000 0x600000>; };
      """
    #expect(try tree.findings(.xen("4.17")) == ["error module-generic-compat"])
    tree.chosen = LayoutTree.kernel(0x4400_0000, 0)
    #expect(try tree.findings(.xen("4.17")) == ["error module-size-zero"])
    tree.chosen = LayoutTree.kernel(0xFFFF_0000, 0x10_0000)
    #expect(try tree.findings(.xen("4.17")) == ["error module-end-wrap"])
  }

  @Test func numbersAtTheirLimitsAreNoHarm() throws {
    let ends: [String] = [
      "0x0 0x0", "0xffffffff 0xffffffff", "0x0 0xffffffff", "0xffffffff 0x1", "0x1",
    ]
    for memory in ends {
      for module in ends {
        for version in ["4.3", "4.4", "4.6", "4.17", "4.22"] {
          var tree = LayoutTree()
          tree.memory = "memory@0 { device_type = \"memory\"; reg = <\(memory)>; };"
          tree.arguments =
            "dom0_mem=\(memory.dropFirst(4).first ?? "0")T xenheap_megabytes=\(module)"
          tree.reservations = "/memreserve/ 0xffffffffffffffff 0xffffffffffffffff;"
          tree.nodes = """
            reserved-memory { #address-cells = <1>; #size-cells = <1>; a { reg = <\(module)>; }; };
            memory-controller { memory@1 { reg = <\(module)>; }; };
            """
          tree.chosen = """
            linux,initrd-start = <0xffffffff 0xffffffff>; linux,initrd-end = <0xffffffff>;
            xen,static-heap = <\(module)>;
            a { compatible = "multiboot,kernel", "multiboot,module"; reg = <\(module)>; };
            b { compatible = "multiboot,module"; reg = <\(memory)>; };
            """
          _ = try tree.findings(.xen(version))
        }
      }
    }
  }

  /// Each rule looks at a tree of many modules, banks and regions once.
  @Test func manyOfEachTakeNoLongTime() throws {
    var tree = LayoutTree()
    tree.chosen = (0..<4000).map { LayoutTree.module(0x4400_0000 + $0 * 0x10, 0x1000) }.joined()
    tree.nodes = """
      reserved-memory { #address-cells = <1>; #size-cells = <1>; ranges;
        \((0..<4000).map { "r\($0) { reg = <0x44000000 0x100>; };" }.joined())
      };
      """
    let clock = ContinuousClock()
    var found: [String] = []
    let time = try clock.measure { found = try tree.findings(.xen("4.20")) }
    #expect(found.count > 4000)
    #expect(time < .seconds(20))
  }
}

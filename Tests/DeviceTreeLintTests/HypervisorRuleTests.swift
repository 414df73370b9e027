import Boards
import BootImages
import DeviceTree
import DeviceTreeLint
import Diagnostics
import Measures
import Testing

@testable import DeviceTreeLint

/// What the examples of the cards do not show.
@Suite struct HypervisorRuleTests {
  private func findings(
    _ rule: String, _ source: String, xen: String? = nil, soc: String? = nil,
    files: [RuleExample.File] = []
  ) throws -> [Finding] {
    var target = LintTarget(xen: xen.flatMap { XenVersion($0) })
    if let soc { target.soc = try ShippedBoards.catalogue().socs.first { $0.name == soc } }
    target.loaded = files.map {
      LoadedFile(name: "xen", address: Address($0.address), bytes: $0.bytes)
    }
    let selection = try RuleSelection(select: [rule], ignore: [])
    return Linter(for: target, selection: selection)
      .lint(try ExampleTree(RuleExample(source)).bytes, file: "test.dtb")
  }

  private func context(_ source: String) throws -> LintContext {
    let bytes = try ExampleTree(RuleExample(source)).bytes
    return LintContext(try #require(FlatTree.scanning(bytes).tree), for: LintTarget())
  }

  @Test func aRegionIsFoundThroughEachBus() throws {
    let context = try context(
      """
      / {
        #address-cells = <2>; #size-cells = <1>;
        bus@1 {
          #address-cells = <1>; #size-cells = <1>;
          ranges = <0x0 0 0x1c00000 0x100000>, <0x800000 0 0x1d00000 0x10000>;
          inner@800000 {
            #address-cells = <1>; #size-cells = <1>;
            ranges = <0 0x808000 0x8000>;
            hit@10 { reg = <0x10 0x4>; };
            miss@9000 { reg = <0x9000 0x4>; };
          };
          miss@d00000 { reg = <0x1d00000 0x4>; };
          second@0 { reg = <0 4>, <0x800000 0x8000>; };
        };
        unmapped { #address-cells = <1>; #size-cells = <1>; miss@0 { reg = <0x1d08010 4>; }; };
        top@1d08000 { reg = <0 0x1d08000 0x1>; below@0 { reg = <0 0x1d08000 0x1>; }; };
      };
      """)
    let region = try #require(AddressRange(start: 0x1D0_7000, size: 0x2000))
    #expect(
      context.nodes(at: region).map { context.tree.path($0.node) } == [
        "/bus@1/inner@800000/hit@10", "/bus@1/second@0", "/top@1d08000",
      ])
  }

  @Test func hostileRangesEndInNothing() throws {
    let context = try context(
      """
      / {
        #address-cells = <2>; #size-cells = <2>;
        a {
          #address-cells = <2>; #size-cells = <2>;
          ranges = <0xffffffff 0xffffffff 0 0 0xffffffff 0xffffffff>, <0 0 0 0>;
          b { reg = <0xffffffff 0xffffffff 0xffffffff 0xffffffff>; };
        };
        c {
          #address-cells = <0xffffffff>; #size-cells = <0x80000000>;
          ranges = <1 2>;
          d { reg = <1>; };
        };
      };
      """)
    let region = try #require(AddressRange(start: 0x1000, size: 0x1000))
    #expect(context.nodes(at: region).isEmpty)
  }

  @Test func tooManyGrantFramesArePanicBefore410() throws {
    let source = "/ { chosen { xen,xen-bootargs = \"gnttab_max_frames=0x400\"; }; };"
    func severities(_ version: String) throws -> [Severity] {
      let file = RuleExample.File(
        address: 0x4200_0000, bytes: try #require(GnttabFrames.card.bad[0].target.files.first).bytes
      )
      return try findings(
        "gnttab-frames", source, xen: version, files: [file]
      ).map(\.severity)
    }
    #expect(try severities("4.6") == [.error])
    #expect(try severities("4.10") == [.warning])
    #expect(try severities("4.5") == [])
  }

  @Test func theGrantTableOf44IsTheChips() throws {
    let source = """
      / {
        #address-cells = <1>; #size-cells = <1>;
        compatible = "allwinner,sun8i-h3";
        memory@40000000 { device_type = "memory"; reg = <0x40000000 0x80000000>; };
      };
      """
    #expect(try findings("gnttab-in-ram", source, xen: "4.4") == [])
    #expect(
      try findings("gnttab-in-ram", source, xen: "4.4", soc: "h3").count
        == 1)
    #expect(
      try findings("gnttab-in-ram", source, xen: "4.6", soc: "h3") == [])
    // Xen goes by the tree, whatever board somebody has named.
    #expect(
      try findings("gnttab-in-ram", source, xen: "4.4", soc: "a20") == [])
  }

  @Test func aGuestsTreeIsNotOneThatXenBootsWith() throws {
    let source = """
      / {
        #address-cells = <1>; #size-cells = <1>;
        hypervisor {
          compatible = "xen,xen-4.17", "xen,xen";
          reg = <0xb0000000 0x40000>;
          uefi { xen,uefi-system-table = <0 1>; };
        };
      };
      """
    #expect(try findings("hyp-in-host-dt", source) == [])
    #expect(try findings("hyp-in-host-dt", source, xen: "4.17").count == 1)
  }

  @Test func fewerFramesThanUsualAreAWarning() throws {
    func severities(_ version: String, _ size: String) throws -> [Severity] {
      let source = """
        / {
          #address-cells = <1>; #size-cells = <1>;
          hypervisor { compatible = "xen,xen-\(version)", "xen,xen"; reg = <0xb0000000 \(size)>; };
        };
        """
      return try findings("hyp-reg", source).map(\.severity)
    }
    #expect(try severities("4.9", "0x20000") == [])
    #expect(try severities("4.17", "0x20000") == [.warning])
    #expect(try severities("4.17", "0x1f000") == [.error])
    #expect(try severities("4.17", "0x40000") == [])
  }
}

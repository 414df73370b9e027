import BootImages
import DeviceTreeLint
import Diagnostics
import Testing

/// The tree of devices for a guest, judged by itself.
@Suite struct PartialTreeTests {
  /// As Xen's document on passthrough has it.
  private static let source = """
    / {
      #address-cells = <2>; #size-cells = <2>;
      aliases { net = &mac0; };
      gic: gic { #interrupt-cells = <3>; interrupt-controller; };
      passthrough {
        compatible = "simple-bus"; ranges;
        #address-cells = <2>; #size-cells = <2>;
        mac0: ethernet@10000000 {
          compatible = "cdns,zynqmp-gem";
          reg = <0 0x10000000 0 0x1000>;
          interrupt-parent = <&gic>; interrupts = <0 59 4>;
          xen,reg = <0 0xff0b0000 0 0x1000 0 0x10000000>;
          xen,path = "/amba/ethernet@ff0b0000";
          xen,force-assign-without-iommu;
        };
      };
    };
    """

  @Test(arguments: ["4.13", "4.17", "4.22"])
  func nothingOfAMachineIsMissedInIt(xen: String) throws {
    let bytes = try ExampleTree(RuleExample(Self.source)).bytes
    let found = Linter(for: LintTarget(xen: XenVersion(xen))).lint(bytes, file: "passthrough.dtb")
    #expect(found.filter { $0.severity > .info }.map { "\($0.rule) \($0.place)" } == [])
  }
}

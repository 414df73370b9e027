import DeviceTreeLint
import Diagnostics
import Testing

/// Rules look at values that nobody meant. That each answers at all is the test: a trap would end the
/// whole run.
@Suite struct HostileTreeTests {
  static let source = """
    /memreserve/ 0x43000000 0x10000;
    / {
      #address-cells = <1>; #size-cells = <1>; compatible = "example,board"; interrupt-parent = <&g>;
      aliases { serial0 = "/soc/serial@0"; };
      chosen {
        stdout-path = "serial0"; bootargs = "a"; #address-cells = <1>; #size-cells = <1>;
        module@44000000 {
          compatible = "multiboot,kernel", "multiboot,module"; reg = <0x44000000 0x400000>;
          bootargs = "console=hvc0";
        };
      };
      cpus { #address-cells = <1>; #size-cells = <0>; cpu@0 { device_type = "cpu"; reg = <0>; }; };
      reserved-memory {
        #address-cells = <1>; #size-cells = <1>; ranges; a@0 { reg = <0 1>; reusable; };
      };
      psci { compatible = "arm,psci"; method = "smc"; cpu_on = <1>; };
      soc {
        compatible = "simple-bus"; #address-cells = <1>; #size-cells = <1>;
        ranges = <0 0x1c00000 0x100000>;
        g: gic@1000 {
          compatible = "arm,gic-400"; interrupt-controller; #interrupt-cells = <3>;
          reg = <0x1000 0x1000>;
        };
        c: clock@2000 { #clock-cells = <1>; reg = <0x2000 0x10>; };
        serial@0 { reg = <0 0x100>; clocks = <&c 1>; interrupts = <0 1 4>; status = "okay"; };
      };
    };
    """

  @Test(arguments: [nil, "4.4", "4.17"])
  func anyWordMayHoldAnything(version: String?) throws {
    let target = version.map { RuleExample.Target.xen($0) } ?? .any
    let linter = Linter(for: try LintTarget(target))
    let blob = try ExampleTree(RuleExample(Self.source)).bytes
    for offset in stride(from: 40, to: blob.count - 3, by: 4) {
      for value in [0, 3, 0x7FFF_FFFF, 0xFFFF_FFFF] as [UInt32] {
        var broken = blob
        for (index, shift) in [24, 16, 8, 0].enumerated() {
          broken[offset + index] = UInt8(truncatingIfNeeded: value >> UInt32(shift))
        }
        _ = linter.lint(broken, file: "x.dtb")
      }
    }
  }
}

import BootImages
import DeviceTreeLint
import Diagnostics

/// A tree with modules and RAM, for tests of what examples on a card cannot show: the same tree for
/// several versions, and layouts that were booted.
struct LayoutTree {
  var memory = "memory@40000000 { device_type = \"memory\"; reg = <0x40000000 0x40000000>; };"
  var reservations = ""
  var arguments = "console=dtuart"
  /// Inside of `/chosen`.
  var chosen = ""
  /// Inside of the root.
  var nodes = ""

  static func module(_ address: UInt64, _ size: UInt64, _ type: String = "multiboot,ramdisk")
    -> String
  {
    let digits = String(address, radix: 16)
    return """
      module@\(digits) {
        compatible = "\(type)", "multiboot,module";
        reg = <0x\(digits) 0x\(String(size, radix: 16))>;
      };
      """
  }

  static func kernel(_ address: UInt64, _ size: UInt64 = 0x53_2200) -> String {
    module(address, size, "multiboot,kernel")
  }

  /// The whole of it; where a test writes it by itself, nothing else counts.
  var source: String {
    get { own ?? made }
    set { own = newValue }
  }
  private var own: String?

  private var made: String {
    """
    /dts-v1/;
    \(reservations)
    / {
      #address-cells = <1>; #size-cells = <1>;
      \(memory)
      \(nodes)
      chosen {
        xen,xen-bootargs = "\(arguments)";
        #address-cells = <1>; #size-cells = <1>;
        \(chosen)
      };
    };
    """
  }

  /// What the rules of the family, or these alone, say of it, as `severity rule`.
  func findings(_ target: RuleExample.Target, only rules: [String] = ["layout"]) throws -> [String]
  {
    let tree = try ExampleTree(RuleExample(source, for: target))
    let linter = Linter(
      for: try LintTarget(target), selection: try RuleSelection(select: rules, ignore: []))
    return linter.lint(tree.bytes, file: "example.dtb").map { "\($0.severity) \($0.rule)" }
  }
}

import Boards
import DeviceTree
import Diagnostics

/// A UART whose registers are described as another chip has them.
enum A20UARTProps: NodeRule {
  static let card = RuleCard(
    id: "a20-uart-props", family: .soc, severity: .warning,
    summary: "a UART's `reg-shift` or `reg-io-width` is not the chip's",
    why: """
      The registers of this chip's UARTs are four bytes apart and want accesses of four bytes.
      Without `reg-shift = <2>` Linux and Xen write to the wrong registers: rubbish on the
      line, or nothing.
      """,
    source: "sun7i-a20.dtsi, serial@1c28000; Xen xen/drivers/char/ns16550.c",
    bad: [
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          compatible = "allwinner,sun7i-a20";
          serial@1c28000 {
            compatible = "snps,dw-apb-uart";
            reg = <0x1c28000 0x400>;
            «reg-shift» = <0>;
            reg-io-width = <4>;
          };
        };
        """),
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          compatible = "allwinner,sun7i-a20";
          «serial@1c28000» {
            compatible = "snps,dw-apb-uart";
            reg = <0x1c28000 0x400>;
          };
        };
        """),
    ],
    good: [
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          compatible = "allwinner,sun7i-a20";
          serial@1c28000 {
            compatible = "snps,dw-apb-uart";
            reg = <0x1c28000 0x400>;
            reg-shift = <2>;
            reg-io-width = <4>;
          };
        };
        """)
    ])

  static func check(_ node: NodeID, _ context: LintContext, _ findings: inout Findings) {
    guard context.knowsBlocks, let uart = context.chipUART,
      context.isCompatible(node, withOneOf: [uart.compatible]), context.block(node) != nil
    else { return }
    let tree = context.tree
    for (name, wanted) in [(KnownName.regShift, uart.regShift), (.regIOWidth, uart.regIOWidth)] {
      let property = tree.property(node, name)
      if let value = property.flatMap({ tree.onlyCell($0) }), Int(value) == wanted { continue }
      findings.report(
        "`\(name.rawValue)` is "
          + (property.map { tree.onlyCell($0).map { "\($0)" } ?? "no number" } ?? "missing")
          + "; this chip's UARTs have \(wanted)",
        at: node, property, help: "write `\(name.rawValue) = <\(wanted)>;`",
        fix: Fix(
          .safe, "write <\(wanted)>",
          .set(node: tree.path(node), property: name.rawValue, value: "<\(wanted)>")))
    }
  }
}

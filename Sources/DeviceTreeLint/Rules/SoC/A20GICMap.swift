import Boards
import DeviceTree
import Diagnostics
import Measures

/// A GIC at addresses where the chip has something else.
enum A20GICMap: TreeRule {
  static let card = RuleCard(
    id: "a20-gic-map", family: .soc, severity: .error,
    summary: "the GIC's register blocks are not where the chip has them",
    why: """
      Linux and Xen write to the addresses that the tree gives. Where no GIC answers, they
      hang or fault when they set it up; of Xen "GICv2 initialization" with the wrong
      addresses is the last that is seen.
      """,
    source: "sun7i-a20.dtsi, interrupt-controller@1c81000",
    bad: [
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          compatible = "allwinner,sun7i-a20";
          gic: interrupt-controller@1c81000 {
            compatible = "arm,gic-400";
            interrupt-controller;
            #interrupt-cells = <3>;
            «reg» = <0x1c81000 0x1000>, <0x1c83000 0x2000>,
                <0x1c84000 0x2000>, <0x1c86000 0x2000>;
          };
        };
        """)
    ],
    good: [
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          compatible = "allwinner,sun7i-a20";
          gic: interrupt-controller@1c81000 {
            compatible = "arm,gic-400";
            interrupt-controller;
            #interrupt-cells = <3>;
            reg = <0x1c81000 0x1000>, <0x1c82000 0x2000>,
                <0x1c84000 0x2000>, <0x1c86000 0x2000>;
          };
        };
        """)
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard let known = context.soc?.gic,
      let gic = context.gics.first(where: { context.isEnabled($0.node) })
    else { return }
    let expected = [
      ("the distributor", known.distributor), ("GICC", known.cpu), ("GICH", known.hypervisor),
      ("GICV", known.virtual),
    ]
    for (found, (name, range)) in zip(context.translatedReg(gic.node), expected)
    where found.start != range.start {
      findings.report(
        "\(name) is at \(found.start) by the tree, and at \(range.start) in this chip",
        at: gic.node, context.tree.property(gic.node, .reg),
        help: "write `reg` as "
          + expected.map { "<\(hex($0.1.start.rawValue)) \(hex($0.1.size.rawValue))>" }
          .joined(separator: ", "))
      return
    }
  }
}

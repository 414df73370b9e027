import Boards
import DeviceTree
import Diagnostics

/// A tree for one of the chip's boards that does not name the chip.
enum A20Compatible: TreeRule {
  static let card = RuleCard(
    id: "a20-compatible", family: .soc, severity: .error,
    summary: "the root's `compatible` lacks the chip's own entry",
    why: """
      The last entry of the root's `compatible` is what Linux and Xen know the chip by. Xen
      without it takes the board for an unknown one: it has no way to reset it, and hands dom0
      the UARTs, its own console's page among them. None of the other rules about the chip
      speak then.
      """,
    source: "Xen xen/arch/arm/platforms/sunxi.c; Linux arch/arm/mach-sunxi/sunxi.c",
    bad: [
      RuleExample(
        """
        / {
          «compatible» = "cubietech,cubietruck";
        };
        """),
      RuleExample(
        """
        «/» {
          model = "Cubietech Cubietruck";
        };
        """, for: .ofRulesChip),
    ],
    good: [
      RuleExample(
        """
        / {
          compatible = "cubietech,cubietruck", "allwinner,sun7i-a20";
        };
        """)
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard context.soc == nil, let wanted = context.target.soc?.identity.treeCompatible else {
      return
    }
    let property = context.tree.property(.root, .compatible)
    let entries = property.flatMap { context.tree.strings($0) } ?? []
    findings.report(
      "the root is not compatible with \(wanted)", at: .root, property,
      help: "add \"\(wanted)\" as the last entry, if the tree is for this chip",
      fix: Fix(
        .risky, "add \"\(wanted)\"",
        .set(
          node: "/", property: "compatible",
          value: (entries + [wanted]).map { "\"\($0)\"" }.joined(separator: ", "))))
  }
}

import DeviceTree
import Diagnostics

/// A property that looks like Xen's and is not.
enum XenUnusedProps: TreeRule {
  static let card = RuleCard(
    id: "xen-unused-props", family: .chosen, severity: .info,
    summary: "a property `xen,…` is none that Xen reads",
    why: """
      Xen asks for properties by name and does not mind others: a misspelled one counts as absent,
      and nothing says so.
      """,
    context: .xen,
    evidence: .seen("PLEASE SPECIFY dom0_mem PARAMETER - USING 512M FOR NOW", version: "4.17.5"),
    source: "the names in Xen's xen/arch/arm, xen/common and xen/drivers, 4.3 to 4.23",
    bad: [
      RuleExample(
        """
        / {
          chosen { «xen,xen-boootargs» = "dtuart=serial0 dom0_mem=512M"; };
        };
        """, for: .xen("4.17")),
      RuleExample(
        """
        / {
          chosen {
            domU1 {
              compatible = "xen,domain";
              «xen,static-mem» = <0x60000000 0x8000000>;
            };
          };
        };
        """, for: .xen("4.14")),
    ],
    good: [
      RuleExample(
        "/ { chosen { xen,xen-bootargs = \"dtuart=serial0 dom0_mem=512M\"; }; };",
        for: .xen("4.17"))
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    let tree = context.tree
    let verdicts = verdicts(context)
    guard !verdicts.isEmpty else { return }
    // A tree may be made to have any number of them; the work for one is not small.
    var fixes = 64
    for node in tree.allNodes {
      for property in tree.properties(node) {
        guard let verdict = verdicts[tree.nameIndex(property)] else { continue }
        var fix: Fix?
        if fixes > 0, let nearest = verdict.nearest {
          fix = Self.fix(tree, node, property, nearest)
          fixes -= 1
        }
        // What was to be Xen's command line is worse than a property too many.
        let isCommandLine =
          node == context.chosen && verdict.nearest == "xen,xen-bootargs"
          && context.commandLines.xen == nil
        findings.report(
          verdict.message + (isCommandLine ? ", and so gets no command line" : ""), at: node,
          property, severity: isCommandLine ? XenCmdlinePresent.severity(context) : nil,
          help: verdict.help, fix: fix)
      }
    }
  }

  private struct Verdict {
    let message: String
    let help: String
    var nearest: String?
  }

  /// What is to be said of each name, by its number.
  private static func verdicts(_ context: LintContext) -> [Int: Verdict] {
    var verdicts: [Int: Verdict] = [:]
    var searches = 64
    for (index, record) in context.tree.names.enumerated()
    where context.tree.isNameOfXen(record.range) {
      let name = context.tree.text(record.range)
      if let known = XenProperty.named(name) {
        guard known.since > context.xen else { continue }
        verdicts[index] = Verdict(
          message: "Xen \(context.xen) does not read `\(name)`, which came with \(known.since)",
          help: "use a newer Xen, or do without")
        continue
      }
      let names = XenProperty.all.lazy.filter { $0.since <= context.xen }.map(\.name)
      let nearest = searches > 0 ? Spelling.nearest(to: name, among: names) : nil
      searches -= 1
      verdicts[index] = Verdict(
        message: "Xen does not read `\(name)`",
        help: nearest.map { "did you mean `\($0)`?" } ?? "take it out", nearest: nearest)
    }
    return verdicts
  }

  /// Gives the value to the property that was meant, where that is not there yet.
  private static func fix(
    _ tree: FlatTree, _ node: NodeID, _ property: PropertyID, _ nearest: String
  ) -> Fix? {
    guard let value = tree.sourceText(property),
      !tree.properties(node).contains(where: { tree.propertyName($0) == nearest })
    else { return nil }
    return Fix(
      .risky, "add `\(nearest)` with the same value",
      .set(node: tree.path(node), property: nearest, value: value))
  }
}

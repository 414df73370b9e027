import DeviceTree
import Diagnostics

/// A tree that does not say of which machine it is.
enum RootCompatible: TreeRule {
  static let card = RuleCard(
    id: "root-compatible", family: .tree, severity: .error,
    summary: "the root has no `compatible`",
    why: """
      Linux finds its code for the machine by it and stops without one, before there is a console.
      Xen goes on as "Platform: Generic System": without the board's reset, and without the list of
      devices, such as UARTs that share a page with its own, that it has to keep from dom0.
      """,
    evidence: .tolerated(version: "4.17.5"),
    source:
      "Devicetree Specification v0.4, section 3.2; Xen xen/arch/arm/platform.c, platform_init",
    bad: ["«/» { model = \"A board\"; };"],
    good: ["/ { compatible = \"example,board\", \"example,soc\"; };"])

  static let expectsMachine = true

  static func check(_ context: LintContext, _ findings: inout Findings) {
    let tree = context.tree
    if let property = tree.property(.root, .compatible) {
      guard tree.length(property) == 0 else { return }
      findings.report(
        "the root's `compatible` is empty", at: .root, property,
        help: "name the board and its chip: `compatible = \"vendor,board\", \"vendor,soc\";`")
    } else {
      findings.report(
        "the root has no `compatible`", at: .root,
        help: "name the board and its chip: `compatible = \"vendor,board\", \"vendor,soc\";`")
    }
  }
}

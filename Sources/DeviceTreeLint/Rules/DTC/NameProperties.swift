import DeviceTree
import Diagnostics

/// dtc's check of the same name.
enum NameProperties: PropertyRule {
  static let card = RuleCard(
    id: "name_properties", family: .dtc, severity: .error,
    summary: "`name` is not the node's name",
    why: """
      Who goes by `name` and who goes by the path see two different nodes. dtc refuses such a tree;
      where the two agree, the property is superfluous and dtc takes it out.
      """,
    after: ["name_is_string"],
    source: "dtc checks.c, check_name_properties",
    bad: [
      """
      / {
        serial@1000 {
          reg = <0x1000>;
          «name» = "uart";
        };
      };
      """
    ],
    good: ["/ { serial@1000 { reg = <0x1000>; name = \"serial\"; }; };"])

  static let names: [KnownName] = [.name]

  static func check(
    _ property: PropertyID, of node: NodeID, _ context: LintContext, _ findings: inout Findings
  ) {
    let tree = context.tree
    guard !isRight(property, of: node, tree) else { return }
    findings.report(
      "`name` is \"\(tree.text(tree.valueRange(property).dropLast()))\", and the node is named "
        + "`\(tree.baseName(node))`", at: node, property,
      help: "take `name` out; the node's name is enough",
      fix: Fix(.risky, "take `name` out", .remove(node: tree.path(node), property: "name")))
  }

  /// Whether the property says what the node's name says up to its `@`.
  static func isRight(_ property: PropertyID, of node: NodeID, _ tree: FlatTree) -> Bool {
    let name = tree.bytes[tree.baseNameRange(node)]
    let value = tree.value(property)
    return value.count == name.count + 1 && value.starts(with: name)
  }
}

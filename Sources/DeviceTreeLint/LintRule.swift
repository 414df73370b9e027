import DeviceTree
import Diagnostics

/// A rule: its card, and one function that looks. Which of the protocols below it takes says what it
/// looks at; `Rules.all` lists them. A rule sees values only, never files.
protocol LintRule: Sendable {
  static var card: RuleCard { get }
  /// Whether nodes that are disabled, or lie in such a node, are looked at too. Only where Xen (or
  /// dtc) does so itself.
  static var judgesDisabled: Bool { get }

  /// The rule by what it looks at. It is asked for that, and not tried by casts: each one that fails
  /// searches all types of the program.
  static var asNodeRule: (any NodeRule.Type)? { get }
  static var asPropertyRule: (any PropertyRule.Type)? { get }
  static var asNameRule: (any NameRule.Type)? { get }
  static var asTreeRule: (any TreeRule.Type)? { get }
  static var asFaultRule: (any FaultRule.Type)? { get }
  /// Whether it expects the tree of a machine. A partial tree, of the devices for a guest, lacks most
  /// of that and is not judged by the rule.
  static var expectsMachine: Bool { get }
}

extension LintRule {
  static var judgesDisabled: Bool { card.family == .dtc }

  static var asNodeRule: (any NodeRule.Type)? { nil }
  static var asPropertyRule: (any PropertyRule.Type)? { nil }
  static var asNameRule: (any NameRule.Type)? { nil }
  static var asTreeRule: (any TreeRule.Type)? { nil }
  static var asFaultRule: (any FaultRule.Type)? { nil }
  static var expectsMachine: Bool { card.family == .soc }
}

/// Looks at each node.
protocol NodeRule: LintRule {
  static func check(_ node: NodeID, _ context: LintContext, _ findings: inout Findings)
}

/// Looks at each property of certain names; of namesakes in one node, at the first.
protocol PropertyRule: LintRule {
  static var names: [KnownName] { get }
  static func check(
    _ property: PropertyID, of node: NodeID, _ context: LintContext, _ findings: inout Findings)
}

/// Looks at each property whose name passes; names are asked once for a tree, not for a property.
protocol NameRule: LintRule {
  static func concerns(_ name: NameRecord, of tree: FlatTree) -> Bool
  static func check(
    _ property: PropertyID, of node: NodeID, _ context: LintContext, _ findings: inout Findings)
}

/// Looks at the tree as a whole, once.
protocol TreeRule: LintRule {
  static func check(_ context: LintContext, _ findings: inout Findings)
}

/// Owns some faults of the binary form, which the reader finds.
protocol FaultRule: LintRule {
  /// How bad the fault is; nil where it belongs to another rule.
  static func severity(of fault: DeviceTreeError) -> Severity?
}

extension NodeRule { static var asNodeRule: (any NodeRule.Type)? { self } }
extension PropertyRule { static var asPropertyRule: (any PropertyRule.Type)? { self } }
extension NameRule { static var asNameRule: (any NameRule.Type)? { self } }
extension TreeRule { static var asTreeRule: (any TreeRule.Type)? { self } }
extension FaultRule { static var asFaultRule: (any FaultRule.Type)? { self } }

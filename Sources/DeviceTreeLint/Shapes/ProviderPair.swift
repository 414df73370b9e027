import DeviceTree
import Diagnostics

/// Two checks of dtc's that belong together: that `clocks` is a list of phandles with arguments, and
/// that `#clock-cells`, which says how many arguments, is one cell. `Provisions.swift` has a line for
/// each pair.
///
/// A class, so that a rule that asks for one thing of it does not copy the cards.
///
/// Source: dtc checks.c, `WARNING_PROPERTY_PHANDLE_CELLS`.
final class ProviderPair: Sendable {
  let property: KnownName
  let list: PhandleList
  let propertyCard: RuleCard
  let countCard: RuleCard

  /// - Parameters:
  ///   - thing: what a node gets by such an entry.
  ///   - isCountOptional: whether a node without `counts` asks for no arguments.
  init(
    _ property: KnownName, _ counts: KnownName, _ thing: String, isCountOptional: Bool = false
  ) {
    self.property = property
    let (name, count) = (property.rawValue, counts.rawValue)
    let id = String(name.map { $0 == "-" ? "_" : $0 })
    list = PhandleList(
      counts: counts, isCountOptional: isCountOptional, check: RuleID(id + "_property"))
    let countID = RuleID(id + "_is_cell")
    countCard = RuleCard(
      id: countID, family: .dtc, severity: .warning,
      summary: "`\(count)` is not one cell",
      why: """
        It says how many cells follow the node's phandle in each `\(name)`. Linux takes the first
        four bytes of whatever stands there, or gives up, and the nodes that want \(thing) from this
        one get none or another.
        """,
      source: "dtc checks.c, WARNING_PROPERTY_PHANDLE_CELLS",
      bad: [RuleExample("/ { provider { «\(count)» = <0 1>; }; };")],
      good: [RuleExample("/ { provider { \(count) = <1>; }; };")])
    propertyCard = RuleCard(
      id: list.check, family: .dtc, severity: .warning,
      summary: "`\(name)` is no list of phandles, each with the arguments that its node asks for",
      why: """
        Each entry is a phandle and as many cells as the node it leads to says in `\(count)`\
        \(isCountOptional ? " (none where that is left out)" : ""). Linux reads the entries one
        after the other, so that one with too few or too many cells moves all that follow it: the
        driver gets \(thing) that is not meant, or none, and does not start.
        """,
      after: [countID, "phandle_references"],
      source: "dtc checks.c, check_property_phandle_args",
      bad: Self.bad(name, count, isCountOptional), good: Self.good(name, count, isCountOptional))
  }

  private static func tree(_ provider: String, _ entries: String) -> RuleExample {
    RuleExample(
      """
      / {
        provider: provider { \(provider) };
        user {
          \(entries);
        };
      };
      """)
  }

  private static func bad(_ name: String, _ count: String, _ isOptional: Bool) -> [RuleExample] {
    let mute = tree("", "«\(name)» = <&provider>")
    return [
      tree("\(count) = <1>;", "«\(name)» = <&provider>"),
      tree("\(count) = <0>;", "«\(name)» = <77>"),
      tree("\(count) = <0>;", "«\(name)» = \"provider\""),
    ] + (isOptional ? [] : [mute])
  }

  private static func good(_ name: String, _ count: String, _ isOptional: Bool) -> [RuleExample] {
    let mute = tree("", "\(name) = <&provider>")
    return [
      tree("\(count) = <1>;", "\(name) = <&provider 5>, <0>, <&provider 6>")
    ] + (isOptional ? [mute] : [])
  }
}

/// `clocks_property` and its like. No generic types, which take long to make at the start of a run.
protocol ProviderPropertyRule: PropertyRule {
  static var pair: ProviderPair { get }
}

extension ProviderPropertyRule {
  static var card: RuleCard { pair.propertyCard }
  static var names: [KnownName] { [pair.property] }

  static func check(
    _ property: PropertyID, of node: NodeID, _ context: LintContext, _ findings: inout Findings
  ) {
    pair.list.check(property, of: node, context, &findings)
  }
}

/// `clocks_is_cell` and its like.
protocol ProviderCountRule: OneCellRule {
  static var pair: ProviderPair { get }
}

extension ProviderCountRule {
  static var card: RuleCard { pair.countCard }
  static var names: [KnownName] { [pair.list.counts] }
}

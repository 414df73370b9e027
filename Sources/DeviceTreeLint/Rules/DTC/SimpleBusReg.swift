import DeviceTree
import Diagnostics

/// dtc's check of the same name.
enum SimpleBusReg: PropertyRule {
  static let card = RuleCard(
    id: "simple_bus_reg", family: .dtc, severity: .warning,
    summary: "a node of a simple bus is not called after its first address",
    why: """
      What lies on such a bus is reached by its address, and is called after it. Where the two
      disagree, a boot script edits one device and the driver maps another; a node without an
      address does not belong on the bus.
      """,
    after: ["reg_format", "simple_bus_bridge"],
    source: "dtc checks.c, check_simple_bus_reg",
    bad: [
      """
      / {
        #address-cells = <1>; #size-cells = <1>;
        soc {
          compatible = "simple-bus";
          #address-cells = <1>; #size-cells = <1>; ranges;
          «serial@1c28400» { reg = <0x1c28000 0x400>; };
          «leds» { };
        };
      };
      """
    ],
    good: [
      """
      / {
        #address-cells = <1>; #size-cells = <1>;
        soc {
          compatible = "simple-bus";
          #address-cells = <1>; #size-cells = <1>; ranges;
          serial@1c28000 { reg = <0x1c28000 0x400>; };
        };
        leds { };
      };
      """
    ])

  static let names: [KnownName] = [.compatible]

  static func check(
    _ property: PropertyID, of node: NodeID, _ context: LintContext, _ findings: inout Findings
  ) {
    let tree = context.tree
    guard tree.lists(property, "simple-bus") else { return }
    let cells = Int(context.dtcCells(node).address)
    let isInside = tree.parent(node) != nil
    for child in tree.children(node) {
      guard let (property, start) = address(of: child, context) else {
        guard isInside, !context.isSimpleBus(child) else { continue }
        findings.report(
          "a node of a simple bus has a `reg`, or a `ranges` that is not empty", at: child,
          help: "move what has no address out of the bus")
        continue
      }
      // What is cut short has been told of by the checks of its length.
      guard let address = lastNumber(property, at: start, cells: cells, tree),
        !tree.unitAddressIs(child, address)
      else { continue }
      let name = tree.baseName(child) + "@" + String(address, radix: 16)
      findings.report(
        "the node's first address is \(hex(address)), and its name says otherwise", at: child,
        help: "call it `\(name)`, or mend the address",
        fix: Fix(.risky, "call it `\(name)`", .rename(node: tree.path(child), to: name)))
    }
  }

  /// Where the node's first address stands: in `reg`, else behind the child's address in `ranges`.
  private static func address(
    of node: NodeID, _ context: LintContext
  ) -> (property: PropertyID, start: Int)? {
    let tree = context.tree
    if let reg = tree.property(node, .reg) { return tree.length(reg) > 0 ? (reg, 0) : nil }
    guard let ranges = tree.property(node, .ranges), tree.length(ranges) > 0 else { return nil }
    return (ranges, Int(context.dtcCells(node).address))
  }

  /// Of more than two cells dtc keeps the last two.
  private static func lastNumber(
    _ property: PropertyID, at start: Int, cells count: Int, _ tree: FlatTree
  ) -> UInt64? {
    guard start >= 0, count >= 0, start + count <= tree.cellCount(property) else { return nil }
    let taken = min(count, 2)
    return tree.number(property, at: start + count - taken, cells: taken)
  }
}

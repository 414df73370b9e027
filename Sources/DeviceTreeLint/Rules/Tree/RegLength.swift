import DeviceTree
import Diagnostics

/// A `reg` that is no whole number of pairs.
enum RegLength: PropertyRule {
  static let card = RuleCard(
    id: "reg-length", family: .tree, severity: .error,
    summary: "`reg` is empty, or no whole number of pairs of address and size",
    why: """
      Its length does not fit the cells that the parent counts in, so a reader that takes pairs gets
      them out of step. Xen takes the first pair of a module and leaves the rest; where it is too
      short for one pair it stops before its serial line is up.
      """,
    evidence: .silence(version: "4.17.5"),
    aliases: ["reg_format"],
    after: ["cells-inherited", "module-reg", "root-cells"],
    source: "Devicetree Specification v0.4, section 2.3.6; dtc checks.c, check_reg_format",
    bad: [
      """
      / {
        #address-cells = <2>; #size-cells = <2>;
        memory@40000000 {
          device_type = "memory";
          «reg» = <0x40000000 0x40000000>;
        };
      };
      """,
      """
      / {
        #address-cells = <1>; #size-cells = <1>;
        memory@40000000 {
          device_type = "memory";
          «reg»;
        };
      };
      """,
    ],
    good: [
      """
      / {
        #address-cells = <2>; #size-cells = <2>;
        memory@40000000 { device_type = "memory"; reg = <0 0x40000000 0 0x40000000>; };
      };
      """
    ])

  static let names: [KnownName] = [.reg]

  static func check(
    _ property: PropertyID, of node: NodeID, _ context: LintContext, _ findings: inout Findings
  ) {
    let tree = context.tree
    guard let bus = tree.parent(node) else { return }
    let (address, size) = context.cells(bus, .xen)
    let length = tree.length(property)
    let pair = 4 * (address + size)
    guard !fits(length, address + size) else { return }
    // Where readers count differently that is what is told.
    let specified = context.cells(bus, .specification)
    guard !fits(length, specified.address + specified.size) || specified == (address, size) else {
      return
    }
    // Of a module Xen takes the first pair, whatever follows.
    let isEnough = context.isForXen && length > pair && context.isModule(node)
    findings.report(
      length == 0
        ? "`reg` is empty"
        : "`reg` has \(length) bytes, and a pair has \(pair): \(address) cells of address, \(size) of"
          + " size",
      at: node, property, severity: isEnough ? .warning : nil,
      help: "write pairs of \(address) + \(size) cells, or correct `#address-cells` and"
        + " `#size-cells` of \(tree.path(bus))")
  }

  /// Whether so many bytes are pairs of so many cells, and at least one.
  static func fits(_ length: Int, _ cells: Int) -> Bool {
    length > 0 && cells > 0 && length.isMultiple(of: 4 * cells)
  }
}

import DeviceTree
import Diagnostics

/// A node whose name says another address than its `reg`.
enum UnitAddress: NodeRule {
  static let card = RuleCard(
    id: "unit-address", family: .tree, severity: .warning,
    summary: "the address in a node's name is not the first one of its `reg`",
    why: """
      Scripts, aliases and `dtuart=` find a node by its path, drivers by its `reg`. Where the two
      disagree one device is edited and another one driven, and a path that is written as it ought
      to be, in lower-case digits without 0x or leading zeros, is not found at all.
      """,
    aliases: [
      "i2c_bus_reg", "simple_bus_reg", "spi_bus_reg", "unit_address_format", "unit_address_vs_reg",
    ],
    after: [
      "cells-inherited", "cpu-nodes", "d0l-cells", "d0l-name-unit", "gic-reg-four", "module-reg",
      "root-cells",
    ],
    source: """
      Devicetree Specification v0.4, section 2.2.1; dtc checks.c, check_unit_address_vs_reg and \
      check_unit_address_format
      """,
    bad: [
      """
      / {
        #address-cells = <1>; #size-cells = <1>;
        «serial@1c28400» { reg = <0x1c28000 0x400>; };
      };
      """,
      """
      / {
        #address-cells = <1>; #size-cells = <1>;
        «serial@01C28000» { reg = <0x1c28000 0x400>; };
      };
      """,
      """
      / {
        «led@1» { label = "power"; };
      };
      """,
    ],
    good: [
      """
      / {
        #address-cells = <1>; #size-cells = <1>;
        serial@1c28000 { reg = <0x1c28000 0x400>; };
        memory { device_type = "memory"; reg = <0x40000000 0x40000000>; };
      };
      """,
      """
      / {
        #address-cells = <1>; #size-cells = <1>;
        bus@20000000 {
          #address-cells = <2>; #size-cells = <1>;
          ranges = <1 0 0x20000000 0x1000000>;
          flash@1,0 { reg = <1 0 0x1000000>; };
        };
      };
      """,
    ])

  static func check(_ node: NodeID, _ context: LintContext, _ findings: inout Findings) {
    let tree = context.tree
    guard tree.hasUnitAddress(node), let bus = tree.parent(node) else { return }
    guard let reg = tree.property(node, .reg) else {
      checkRanges(node, context, &findings)
      return
    }
    // PCI devices are named by their place on the bus.
    let cells = context.xenCells(bus).address
    guard (1...2).contains(cells), let address = tree.number(reg, at: 0, cells: cells),
      tree.unitNumber(node) != address || !isPlain(node, tree)
    else { return }
    guard !isNamedOtherwise(node, reg, bus, context), !context.isPCI(bus) else { return }
    let name = "\(tree.baseName(node))@\(String(address, radix: 16))"
    if tree.unitNumber(node) == address {
      findings.report(
        "the address in `\(tree.name(node))` is to be written \(String(address, radix: 16))",
        at: node, help: "use lower-case digits, without 0x or leading zeros",
        fix: Fix(.risky, "rename it to `\(name)`", .rename(node: tree.path(node), to: name)),
        aliases: ["unit_address_format"] + checks(of: bus, context))
    } else {
      findings.report(
        "`\(tree.name(node))` has its registers at \(hex(address))", at: node,
        help: "give name and `reg` the same address",
        fix: Fix(.risky, "rename it to `\(name)`", .rename(node: tree.path(node), to: name)),
        aliases: checks(of: bus, context))
    }
  }

  /// Without `reg` the first address of `ranges` will do.
  private static func checkRanges(
    _ node: NodeID, _ context: LintContext, _ findings: inout Findings
  ) {
    let tree = context.tree
    if let ranges = tree.property(node, .ranges), tree.length(ranges) > 0 { return }
    findings.report(
      "`\(tree.name(node))` has an address in its name and no `reg`", at: node,
      help: "name it without an address, or give it its `reg`", aliases: ["unit_address_vs_reg"])
  }

  /// Lower-case digits and nothing before them.
  private static func isPlain(_ node: NodeID, _ tree: FlatTree) -> Bool {
    guard let range = tree.unitAddressRange(node) else { return false }
    for index in range where (0x41...0x46).contains(tree.bytes[index]) { return false }
    return range.count == 1 || tree.bytes[range.lowerBound] != UInt8(ascii: "0")
  }

  /// Whether the name says an address in one of the other ways that are in use.
  private static func isNamedOtherwise(
    _ node: NodeID, _ reg: PropertyID, _ bus: NodeID, _ context: LintContext
  ) -> Bool {
    let tree = context.tree
    guard let first = tree.cell(reg, 0) else { return false }
    if let number = tree.unitNumber(node) {
      // The bits above an I2C address say of what kind it is.
      if tree.unitNumber(node) == UInt64(first & 0x3FFF_FFFF), tree.baseName(bus).hasPrefix("i2c") {
        return true
      }
      // A window's number is left out of the name.
      if context.xenCells(bus).address == 2, first != 0,
        number == tree.cell(reg, 1).map(UInt64.init)
      {
        return true
      }
      // The place of a bus that is more than its own registers.
      return tree.property(node, .ranges).map {
        tree.number($0, at: context.xenCells(node).address, cells: context.xenCells(bus).address)
          == number
      } ?? false
    }
    // A window's number and the offset in it: `flash@1,0`.
    guard let unit = tree.unitAddress(node) else { return false }
    let parts = unit.split(separator: ",").map { UInt32($0, radix: 16) }
    return parts.count > 1
      && parts.enumerated().allSatisfy {
        $0.element != nil && $0.element == tree.cell(reg, $0.offset)
      }
  }

  /// What dtc has to say of names on such a bus.
  private static func checks(of bus: NodeID, _ context: LintContext) -> [RuleID] {
    let tree = context.tree
    if tree.isCompatible(bus, "simple-bus") { return ["simple_bus_reg"] }
    if tree.baseName(bus).hasPrefix("i2c") { return ["i2c_bus_reg"] }
    return tree.baseName(bus).hasPrefix("spi") ? ["spi_bus_reg"] : []
  }
}

import DeviceTree
import Diagnostics

/// Interrupts that are cut short.
enum IRQCellsShort: PropertyRule {
  static let card = RuleCard(
    id: "irq-cells-short", family: .interrupts, severity: .warning,
    summary: "the cells of a property do not divide into whole interrupts of the GIC",
    why: """
      A GIC takes three cells for each interrupt. What is left over at the end is dropped
      without a word by Xen, so that with two cells in all the device has no interrupt; Linux
      mostly refuses the last one. Cells that come from another controller's binding (number
      and flags) look like that.
      """,
    evidence: .tolerated(version: "4.17.5"),
    aliases: ["interrupts_extended_property", "interrupts_property"],
    after: ["gic-cells"],
    source: "arm,gic.yaml; Xen xen/common/device-tree/device-tree.c, dt_number_of_irq",
    bad: [
      .withGIC(
        """
        mmc {
          «interrupts» = <32 4>;
        };
        """),
      .withGIC(
        """
        mmc {
          «interrupts-extended» = <&gic 0 32 4>, <&gic 33 4>;
        };
        """),
    ],
    good: [
      .withGIC(
        """
        mmc {
          interrupts = <0 32 4>, <0 33 4>;
        };
        """)
    ])

  static let names: [KnownName] = [.interrupts, .interruptsExtended]

  static func check(
    _ property: PropertyID, of node: NodeID, _ context: LintContext, _ findings: inout Findings
  ) {
    let tree = context.tree
    if tree.known(property) == .interruptsExtended {
      checkExtended(property, of: node, context, &findings)
      return
    }
    // `interrupts-extended` is what counts where a node has both.
    guard !context.gics.isEmpty, !tree.has(node, .interruptsExtended),
      let controller = context.interruptParent(node), context.gicVersion(controller) != nil,
      let cells = context.interruptCells(controller), cells >= 3
    else { return }
    let length = tree.length(property)
    guard length == 0 || !length.isMultiple(of: 4 * cells) else { return }
    findings.report(
      "`interrupts` has \(length.isMultiple(of: 4) ? "\(length / 4) cells" : "\(length) bytes"), "
        + "and the GIC takes \(cells) cells for each interrupt",
      at: node, property, help: "write each interrupt as kind, number, flags: <0 32 4>",
      aliases: ["interrupts_property"])
  }

  private static func checkExtended(
    _ property: PropertyID, of node: NodeID, _ context: LintContext, _ findings: inout Findings
  ) {
    let tree = context.tree
    var position = 0
    while let phandle = tree.cell(property, position) {
      position += 1
      if phandle == 0 || phandle == .max { continue }
      guard let controller = context.node(withPhandle: phandle),
        let cells = context.interruptCells(controller)
      else { return }
      let left = tree.cellCount(property) - position
      guard left < cells else {
        position += cells
        continue
      }
      guard context.gicVersion(controller) != nil else { return }
      findings.report(
        "`interrupts-extended` ends with \(left) cells for the GIC, which takes \(cells)",
        at: node, property, help: "write each interrupt as <&gic 0 32 4>: kind, number, flags",
        aliases: ["interrupts_extended_property"])
      return
    }
  }
}

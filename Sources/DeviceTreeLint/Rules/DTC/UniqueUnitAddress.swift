import DeviceTree
import Diagnostics

/// dtc's check of the same name.
enum UniqueUnitAddress: TreeRule {
  static let card = RuleCard(
    id: "unique_unit_address", family: .dtc, severity: .warning,
    summary: "two nodes of a bus have one address in their names",
    why: """
      Two devices cannot be at one address; most often one of the two was copied, or both describe
      the same registers and two drivers will fight over them.
      """,
    after: ["avoid_default_addr_size"],
    source: "dtc checks.c, check_unique_unit_address",
    bad: [
      """
      / {
        #address-cells = <1>; #size-cells = <1>;
        «serial@1c28000» { reg = <0x1c28000 0x400>; };
        spi@1c28000 { reg = <0x1c28000 0x400>; };
      };
      """
    ],
    good: [
      """
      / {
        #address-cells = <1>; #size-cells = <1>;
        serial@1c28000 { reg = <0x1c28000 0x400>; };
        spi@1c28400 { reg = <0x1c28400 0x400>; };
      };
      """
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    for group in context.sharedUnitAddresses { report(group, context.tree, &findings) }
  }

  /// Each pair, as dtc counts; of a group that no real tree has, each node and the one behind it.
  static func report(_ group: [NodeID], _ tree: FlatTree, _ findings: inout Findings) {
    for (position, first) in group.enumerated() {
      let rest = group.dropFirst(position + 1)
      for second in group.count > 32 ? rest.prefix(1) : rest {
        findings.report(
          "\(tree.path(second)) has the same address in its name", at: first,
          help: "one device, one node: take one of the two out, or mend its address")
      }
    }
  }
}

import DeviceTree
import Diagnostics

/// dtc's check of the same name.
enum UniqueUnitAddressIfEnabled: TreeRule {
  static let card = RuleCard(
    id: "unique_unit_address_if_enabled", family: .dtc, severity: .warning,
    summary: "two nodes of a bus have one address in their names, and neither is disabled",
    why: """
      Several nodes may describe one device for several uses, if all but one are disabled. Two that
      are not will have two drivers fight over the same registers.
      """,
    after: ["avoid_default_addr_size"],
    source: "dtc checks.c, check_unique_unit_address_if_enabled",
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
        spi@1c28000 { reg = <0x1c28000 0x400>; status = "disabled"; };
      };
      """
    ],
    isOptional: true)

  static func check(_ context: LintContext, _ findings: inout Findings) {
    let tree = context.tree
    for group in context.sharedUnitAddresses {
      let enabled = group.filter { node in
        tree.property(node, .status).map { tree.firstTextIs($0, "disabled") } != true
      }
      UniqueUnitAddress.report(enabled, tree, &findings)
    }
  }
}

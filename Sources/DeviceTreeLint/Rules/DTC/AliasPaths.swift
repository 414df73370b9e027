import DeviceTree
import Diagnostics

/// dtc's check of the same name.
enum AliasPaths: TreeRule {
  static let card = RuleCard(
    id: "alias_paths", family: .dtc, severity: .warning,
    summary: "an alias leads to no node, or has capitals or an underscore in its name",
    why: """
      Consoles, network interfaces and disks get their numbers by aliases, and boot scripts find
      nodes by them. One that leads nowhere is passed over in silence: the console is another
      device, or none. Names are lower-case letters, digits and `-` by the specification.
      """,
    source: "dtc checks.c, check_alias_paths; Devicetree Specification v0.4, section 3.3",
    bad: [
      """
      / {
        serial@0 { };
        aliases {
          «serial0» = "/serial@1";
          «UART0» = "/serial@0";
          «serial2»;
        };
      };
      """
    ],
    good: [
      """
      / {
        soc { uart: serial@0 { }; };
        aliases { serial0 = &uart; serial-1 = "/soc/serial@0"; };
      };
      """
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    let tree = context.tree
    for node in tree.allNodes where tree.nameIs(node, "aliases") {
      for property in tree.properties(node) {
        switch tree.known(property) {
        // dtc has dropped a `name` that is right, and goes no further with a wrong one.
        case .phandle, .linuxPhandle, .name: continue
        default: check(property, of: node, context, &findings)
        }
      }
    }
  }

  private static func check(
    _ alias: PropertyID, of node: NodeID, _ context: LintContext, _ findings: inout Findings
  ) {
    let tree = context.tree
    let value = tree.value(alias)
    let path = value.prefix { $0 != 0 }
    // Without the zero byte at its end it is no text.
    if path.count == value.count || context.dtcNode(atPath: path) == nil {
      // An alias of an overlay may lead to a node of the tree below.
      if !context.isPlugin {
        let text = String(decoding: path, as: UTF8.self)
        findings.report(
          value.isEmpty
            ? "the alias `\(tree.propertyName(alias))` is empty"
            : "the alias `\(tree.propertyName(alias))` leads to no node: `\(text)`",
          at: node, alias, help: "write the node's label, `&label`, in place of its path")
        return
      }
    }
    let isLowerCase = tree.bytes[tree.propertyNameRange(alias)].allSatisfy {
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: "-")
    }
    guard !isLowerCase else { return }
    findings.report(
      "the alias `\(tree.propertyName(alias))` has letters other than a to z, 0 to 9 and `-`",
      at: node, alias, help: "rename it if nobody outside of the tree looks for it")
  }
}

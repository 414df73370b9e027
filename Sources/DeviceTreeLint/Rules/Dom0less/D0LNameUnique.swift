import DeviceTree
import Diagnostics

/// A guest that gets another guest's command line.
enum D0LNameUnique: TreeRule {
  static let card = RuleCard(
    id: "d0l-name-unique", family: .dom0less, severity: .error,
    summary: "two guests have the same name before their `@`",
    why: """
      Xen looks for a guest's command line by its name without the unit address, so that `domU@1`
      gets the one of `domU`: the wrong root file system, or the wrong console. In Xen's messages the
      two cannot be told apart either.
      """,
    context: .xen, evidence: .tolerated(version: "4.17.5"),
    after: ["d0l-name-unit"],
    source: "Xen xen/common/device-tree/bootinfo.c, boot_cmdline_find_by_name",
    bad: [
      RuleExample(
        """
        / {
          chosen {
            #address-cells = <1>; #size-cells = <1>;
            domU {
              compatible = "xen,domain";
              #address-cells = <1>; #size-cells = <1>;
              module@4a000000 {
                compatible = "multiboot,kernel", "multiboot,module";
                reg = <0x4a000000 0x500000>;
                bootargs = "root=/dev/vda";
              };
            };
            «domU@1» {
              compatible = "xen,domain";
            };
          };
        };
        """, for: .xen("4.17"))
    ],
    good: [
      RuleExample(
        """
        / {
          chosen {
            domU1 { compatible = "xen,domain"; };
            domU2 { compatible = "xen,domain"; };
          };
        };
        """, for: .xen("4.17"))
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    let tree = context.tree
    guard context.domains.count > 1 else { return }
    var first: [String: NodeID] = [:]
    // Those without a unit address are who the name belongs to.
    let ordered =
      context.domains.filter { !tree.hasUnitAddress($0) }
      + context.domains.filter(tree.hasUnitAddress)
    for domain in ordered {
      let name = tree.baseName(domain)
      guard let owner = first[name] else {
        first[name] = domain
        continue
      }
      let losesToOwner =
        !tree.hasUnitAddress(owner)
        && tree.children(owner).contains { context.isModule($0) && tree.has($0, .bootargs) }
      findings.report(
        losesToOwner
          ? "`\(tree.name(domain))` gets the command line of `\(tree.name(owner))`"
          : "Xen calls both `\(tree.name(domain))` and `\(tree.name(owner))` by the name \(name)",
        at: domain, severity: losesToOwner ? .error : .warning,
        help: "give each guest a name of its own, without a unit address")
    }
  }
}

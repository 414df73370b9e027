import BootImages
import DeviceTree
import Diagnostics

/// A version of grant tables that there is not.
enum D0LGrantVersion: TreeRule {
  static let card = RuleCard(
    id: "d0l-grant-version", family: .dom0less, severity: .warning,
    summary: "a guest's greatest version of grant tables is neither 1 nor 2",
    why: "Xen refuses to create the guest, and stops. Known since Xen 4.18.",
    context: .xen,
    evidence: .tolerated(version: "4.17.5"),
    source: "Xen docs/misc/arm/device-tree/booting.txt; xen/common/grant_table.c",
    bad: [
      RuleExample(
        """
        / {
          chosen {
            domU1 {
              compatible = "xen,domain";
              «max_grant_version» = <3>;
            };
          };
        };
        """, for: .xen("4.18"))
    ],
    good: [
      RuleExample(
        """
        / { chosen { domU1 { compatible = "xen,domain"; max_grant_version = <1>; }; }; };
        """, for: .xen("4.18"))
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard context.xen >= XenVersion(major: 4, minor: 18) else { return }
    for domain in context.domains {
      guard let property = context.tree.property(domain, .maxGrantVersion),
        let version = context.tree.cell(property, 0), !(1...2).contains(version)
      else { continue }
      findings.report(
        "there is no version \(version) of grant tables", at: domain, property,
        help: "write 1 or 2, or leave it out")
    }
  }
}

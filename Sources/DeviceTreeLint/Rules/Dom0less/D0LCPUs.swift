import DeviceTree
import Diagnostics

/// A guest without processors.
enum D0LCPUs: TreeRule {
  static let card = RuleCard(
    id: "d0l-cpus", family: .dom0less, severity: .error,
    summary: "a guest does not say how many processors it has",
    why: "Xen has no default for `cpus` and stops where a guest lacks it.",
    context: .xen,
    evidence: .seen("Missing property 'cpus' for domain domU1", version: "4.17.5"),
    source: "Xen xen/common/device-tree/dom0less-bindings.c; docs/misc/arm/device-tree/booting.txt",
    bad: [
      RuleExample(
        """
        / {
          chosen {
            «domU1» {
              compatible = "xen,domain";
              memory = <0 65536>;
            };
          };
        };
        """, for: .xen("4.17")),
      RuleExample(
        """
        / {
          chosen {
            domU1 {
              compatible = "xen,domain";
              memory = <0 65536>;
              «cpus» = <0>;
            };
          };
        };
        """, for: .xen("4.17")),
    ],
    good: [
      RuleExample(
        """
        / {
          chosen {
            domU1 { compatible = "xen,domain"; memory = <0 65536>; cpus = <1>; };
          };
        };
        """, for: .xen("4.17"))
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    for domain in context.domains {
      let name = context.tree.name(domain)
      guard let property = context.tree.property(domain, .cpus),
        let count = context.tree.cell(property, 0)
      else {
        findings.report(
          "`\(name)` has no number of processors", at: domain,
          context.tree.property(domain, .cpus), help: "write `cpus = <1>;`")
        continue
      }
      if count == 0 {
        // Read only: domain_create refuses a guest without vCPUs later on.
        findings.report(
          "`\(name)` has 0 processors", at: domain, property, severity: .warning,
          help: "write `cpus = <1>;`")
      }
    }
  }
}

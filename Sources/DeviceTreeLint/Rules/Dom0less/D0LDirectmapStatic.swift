import BootImages
import DeviceTree
import Diagnostics

/// A guest that is to see its memory where it lies, without a place for it.
enum D0LDirectmapStatic: TreeRule {
  static let card = RuleCard(
    id: "d0l-directmap-static", family: .dom0less, severity: .error,
    summary: "a guest is mapped directly but has no static memory",
    why: """
      `direct-map` gives the guest the addresses that the machine has, which only memory set aside by
      `xen,static-mem` can promise; without it Xen stops. Known since Xen 4.17. Debian's Xen is
      built without static memory, so that neither runs there; this was read, not tried.
      """,
    context: .xen,
    evidence: .seen(
      "direct-map is not valid for domain domU1 without static allocation.", version: "4.17.5"),
    source: "Xen xen/common/device-tree/dom0less-bindings.c; docs/misc/arm/device-tree/booting.txt",
    bad: [
      RuleExample(
        """
        / {
          chosen {
            domU1 {
              compatible = "xen,domain";
              memory = <0 65536>; cpus = <1>;
              «direct-map»;
            };
          };
        };
        """, for: .xen("4.17"))
    ],
    good: [
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          chosen {
            domU1 {
              compatible = "xen,domain";
              memory = <0 65536>; cpus = <1>;
              direct-map;
              xen,static-mem = <0x50000000 0x4000000>;
            };
          };
        };
        """, for: .xen("4.17"))
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard context.xen >= XenVersion(major: 4, minor: 17) else { return }
    for domain in context.domains {
      guard let property = context.tree.property(domain, .directMap),
        !context.tree.has(domain, .xenStaticMemory)
      else { continue }
      findings.report(
        "`\(context.tree.name(domain))` is mapped directly but has no `xen,static-mem`",
        at: domain, property,
        help: "give it ranges of RAM by `xen,static-mem`, or take `direct-map` out")
    }
  }
}

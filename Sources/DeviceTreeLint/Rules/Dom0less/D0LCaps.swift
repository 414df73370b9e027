import BootImages
import DeviceTree
import Diagnostics

/// Capabilities that no guest can have, or that only one may have.
enum D0LCaps: TreeRule {
  static let card = RuleCard(
    id: "d0l-caps", family: .dom0less, severity: .error,
    summary: "a guest's capabilities are unknown, or two domains claim what one may have",
    why: """
      `capabilities` has three bits: 1 control, 2 hardware, 4 xenstore. Xen stops on any other, on a
      second hardware domain and on a second xenstore domain; a dom0 is both of them. Known since
      Xen 4.21.
      """,
    context: .xen,
    evidence: .tolerated(version: "4.17.5"),
    source: "Xen xen/common/device-tree/dom0less-bindings.c; docs/misc/arm/device-tree/booting.txt",
    bad: [
      RuleExample(
        """
        / {
          chosen {
            domU1 {
              compatible = "xen,domain";
              memory = <0 65536>; cpus = <1>;
              «capabilities» = <8>;
            };
          };
        };
        """, for: .xen("4.21")),
      RuleExample(
        """
        / {
          chosen {
            domU1 { compatible = "xen,domain"; capabilities = <7>; };
            domU2 {
              compatible = "xen,domain";
              «capabilities» = <2>;
            };
          };
        };
        """, for: .xen("4.21")),
    ],
    good: [
      RuleExample(
        """
        / {
          chosen {
            domU1 { compatible = "xen,domain"; capabilities = <3>; };
            domU2 { compatible = "xen,domain"; capabilities = <4>; };
          };
        };
        """, for: .xen("4.21"))
    ])

  private static let unique: [(bit: UInt32, name: String)] = [(2, "hardware"), (4, "xenstore")]

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard !context.domains.isEmpty, context.xen >= XenVersion(major: 4, minor: 21) else { return }
    // A dom0 comes first, and has them all.
    let hasDom0 = context.modules.contains { $0.kind == .kernel && $0.domain == nil }
    var taken: UInt32 = hasDom0 ? 6 : 0
    for domain in context.domains {
      guard let property = context.tree.property(domain, .capabilities),
        let bits = context.tree.cell(property, 0)
      else { continue }
      if bits & ~7 != 0 {
        findings.report(
          "capabilities \(hex(bits)) has bits that Xen knows nothing of", at: domain, property,
          help: "add up 1 (control), 2 (hardware) and 4 (xenstore)")
      }
      for (bit, name) in unique where bits & bit & taken != 0 {
        findings.report(
          "`\(context.tree.name(domain))` is a second \(name) domain", at: domain, property,
          help: hasDom0
            ? "take the bit away, or dom0's kernel: a dom0 is the \(name) domain itself"
            : "leave the bit to one domain")
      }
      taken |= bits
    }
  }
}

import BootImages
import DeviceTree
import Diagnostics

/// Words that Xen does not know.
enum D0LEnum: TreeRule {
  static let card = RuleCard(
    id: "d0l-enum", family: .dom0less, severity: .warning,
    summary: "a property of a guest has a word that Xen does not know",
    why: """
      Xen compares `xen,enhanced` and `passthrough` with the words that it knows and takes any other
      for none: the guest starts without grant tables and xenstore, or without an IOMMU. A wrong
      `role`, `xen,sci_type` or `v8r_el1_msa` stops it instead.
      """,
    context: .xen,
    evidence: .tolerated(version: "4.17.5"),
    source: "Xen docs/misc/arm/device-tree/booting.txt; dom0less-build.c; static-shmem.c",
    bad: [
      RuleExample(
        """
        / {
          chosen {
            domU1 {
              compatible = "xen,domain";
              «xen,enhanced» = "yes";
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
              share {
                compatible = "xen,domain-shared-memory-v1";
                «role» = "master";
              };
            };
          };
        };
        """, for: .xen("4.19")),
    ],
    good: [
      RuleExample(
        """
        / {
          chosen {
            domU1 {
              compatible = "xen,domain"; xen,enhanced = "no-xenstore"; passthrough = "enabled";
              share { compatible = "xen,domain-shared-memory-v1"; role = "borrower"; };
            };
            domU2 { compatible = "xen,domain"; xen,enhanced; };
          };
        };
        """, for: .xen("4.19"))
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    let minor = { (number: Int) in context.xen >= XenVersion(major: 4, minor: number) }
    if !context.domains.isEmpty {
      let enhanced: [StaticString] =
        ["enabled", "disabled", "no-xenstore"] + (minor(21) ? ["legacy"] : [])
      for domain in context.domains {
        if minor(17) {
          judge(domain, .xenEnhanced, enhanced, mayBeEmpty: true, .warning, context, &findings)
        }
        if minor(19) {
          judge(domain, .passthrough, ["enabled", "disabled"], .warning, context, &findings)
        }
        if minor(21) {
          judge(domain, .xenSCIType, ["none", "scmi_smc"], .error, context, &findings)
        }
        if minor(22) { judge(domain, .v8rEL1MSA, ["mmu", "mpu"], .error, context, &findings) }
      }
    }
    // What the early parser refuses was only printed before 4.19.
    let severity: Severity = minor(19) ? .error : .warning
    for node in context.findSharedMemoryNodes() {
      judge(node, .role, ["owner", "borrower"], severity, context, &findings)
    }
  }

  private static func judge(
    _ node: NodeID, _ name: KnownName, _ words: [StaticString], mayBeEmpty: Bool = false,
    _ severity: Severity, _ context: LintContext, _ findings: inout Findings
  ) {
    let tree = context.tree
    guard let property = tree.property(node, name) else { return }
    if mayBeEmpty, tree.length(property) == 0 { return }
    // Xen compares up to the first zero byte.
    let text = tree.strings(property)?.first
    if let text, words.contains(where: { $0.description == text }) { return }
    findings.report(
      text.map { "Xen does not know `\($0)` for `\(name.rawValue)`" }
        ?? "`\(name.rawValue)` is no text",
      at: node, property, severity: severity,
      help: "write one of \(words.map(\.description).joined(separator: ", "))")
  }
}

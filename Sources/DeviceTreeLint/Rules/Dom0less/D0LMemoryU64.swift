import DeviceTree
import Diagnostics

/// A guest's memory that is no 64-bit number.
enum D0LMemoryU64: TreeRule {
  static let card = RuleCard(
    id: "d0l-memory-u64", family: .dom0less, severity: .error,
    summary: "a guest's `memory` is no number of two cells",
    why: """
      Xen reads `memory`, KiB, as one 64-bit number. It refuses a single cell, and of a longer value
      it takes the first two cells.
      """,
    context: .xen,
    evidence: .seen(
      "Error building DomU: cannot read \"memory\" property", version: "4.17.5"),
    source: "Xen xen/common/device-tree/dom0less-build.c, construct_domU",
    bad: [
      RuleExample(
        """
        / {
          chosen {
            domU1 {
              compatible = "xen,domain";
              cpus = <1>;
              «memory» = <65536>;
            };
          };
        };
        """, for: .xen("4.17")),
      RuleExample(
        """
        / {
          chosen {
            «domU1» {
              compatible = "xen,domain";
              cpus = <1>;
            };
          };
        };
        """, for: .xen("4.17")),
    ],
    good: [
      RuleExample(
        """
        / { chosen { domU1 { compatible = "xen,domain"; cpus = <1>; memory = <0 65536>; }; }; };
        """, for: .xen("4.17"))
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    let tree = context.tree
    for domain in context.domains {
      guard let property = tree.property(domain, .memory) else {
        findings.report(
          "`\(tree.name(domain))` has no memory", at: domain,
          help: "write the KiB as two cells: `memory = <0 65536>;`")
        continue
      }
      let length = tree.length(property)
      if let cell = tree.onlyCell(property) {
        findings.report(
          "`memory` is one cell, and Xen needs two", at: domain, property,
          help: "write `memory = <0 \(cell)>;`",
          fix: Fix(
            .safe, "put the high cell first",
            .set(node: tree.path(domain), property: "memory", value: "<0 \(cell)>")))
      } else if length != 8 {
        findings.report(
          "`memory` has \(length) bytes; Xen reads 8", at: domain, property,
          severity: length < 8 ? .error : .warning,
          help: "write the KiB as two cells: `memory = <0 65536>;`")
      }
    }
  }
}

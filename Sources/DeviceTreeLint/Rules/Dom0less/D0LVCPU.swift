import BootImages
import DeviceTree
import Diagnostics

/// A guest's processor that it does not have, or that is bound to one the machine does not have.
enum D0LVCPU: TreeRule {
  static let card = RuleCard(
    id: "d0l-vcpu", family: .dom0less, severity: .error,
    summary: "a `xen,vcpu` node has a wrong id or a wrong list of processors",
    why: """
      `id` counts a guest's processors from 0 to `cpus` - 1, and `hard-affinity` lists the machine's
      as `0-1,3`. Xen stops on a number that is too high; where it cannot read on, it takes what came
      before. Known since Xen 4.21.
      """,
    context: .xen,
    evidence: .tolerated(version: "4.17.5"),
    source: "Xen xen/common/device-tree/dom0less-build.c, domain_vcpu_affinity",
    bad: [
      RuleExample(
        """
        / {
          cpus {
            #address-cells = <1>; #size-cells = <0>;
            cpu@0 { device_type = "cpu"; reg = <0>; };
            cpu@1 { device_type = "cpu"; reg = <1>; };
          };
          chosen {
            domU1 {
              compatible = "xen,domain"; cpus = <2>;
              vcpu0 {
                compatible = "xen,vcpu"; id = <0>;
                «hard-affinity» = "1-2";
              };
              vcpu1 {
                compatible = "xen,vcpu";
                «id» = <2>;
              };
            };
          };
        };
        """, for: .xen("4.21"))
    ],
    good: [
      RuleExample(
        """
        / {
          cpus {
            #address-cells = <1>; #size-cells = <0>;
            cpu@0 { device_type = "cpu"; reg = <0>; };
            cpu@1 { device_type = "cpu"; reg = <1>; };
          };
          chosen {
            domU1 {
              compatible = "xen,domain"; cpus = <2>;
              vcpu0 { compatible = "xen,vcpu"; id = <0>; hard-affinity = "0-1"; };
              vcpu1 { compatible = "xen,vcpu"; id = <1>; hard-affinity = "1"; };
            };
          };
        };
        """, for: .xen("4.21"))
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard !context.domains.isEmpty, context.xen >= XenVersion(major: 4, minor: 21) else { return }
    let tree = context.tree
    let machine = context.cpus.map { cpus in
      tree.children(cpus).reduce(0) {
        $0 + (tree.property($1, .deviceType).map { tree.lists($0, "cpu") } == true ? 1 : 0)
      }
    }
    for domain in context.domains {
      let count = tree.property(domain, .cpus).flatMap { tree.cell($0, 0) }
      var seen: Set<UInt32> = []
      for node in tree.children(domain) where tree.isCompatible(node, "xen,vcpu") {
        let property = tree.property(node, .id)
        if let id = property.flatMap({ tree.cell($0, 0) }) {
          if let count, id >= count {
            findings.report(
              "the guest has \(count) processors, so there is no processor \(id)", at: node,
              property, help: "count from 0")
          } else if !seen.insert(id).inserted {
            findings.report(
              "processor \(id) has a node already; the later one wins", at: node, property,
              severity: .warning, help: "give each processor one node")
          }
        } else {
          findings.report(
            "the node does not say which processor it is for", at: node, property,
            help: "write `id = <0>;`")
        }
        guard let affinity = tree.property(node, named: "hard-affinity") else { continue }
        judge(affinity, at: node, machine ?? 0, tree, &findings)
      }
    }
  }

  private static func judge(
    _ affinity: PropertyID, at node: NodeID, _ machine: Int, _ tree: FlatTree,
    _ findings: inout Findings
  ) {
    guard let text = tree.strings(affinity)?.first,
      let processors = ProcessorList(text), !processors.isEmpty
    else {
      findings.report(
        "`hard-affinity` is no list of processors", at: node, affinity,
        help: "write numbers and ranges with commas between them: \"0-1,3\"")
      return
    }
    if machine > 0, processors.highest >= machine {
      findings.report(
        "the machine has \(machine) processors, so there is no processor \(processors.highest)",
        at: node, affinity, help: "count from 0")
    }
  }
}

/// Processors as `0-1,3`.
struct ProcessorList {
  private(set) var highest = 0
  private(set) var isEmpty = true

  /// Nil for what Xen would not read to its end, and for a range that runs backwards.
  init?(_ text: String) {
    var parts = text.split(separator: ",", omittingEmptySubsequences: false)
    // Xen lets a comma stand at the end.
    if parts.count > 1, parts.last?.isEmpty == true { parts.removeLast() }
    for part in parts {
      let ends = part.split(separator: "-", omittingEmptySubsequences: false).map(Self.number)
      guard (1...2).contains(ends.count), let first = ends[0],
        let last = ends[ends.count - 1], first <= last
      else { return nil }
      highest = max(highest, last)
      isEmpty = false
    }
  }

  private static func number(_ text: Substring) -> Int? {
    let isHexadecimal = text.hasPrefix("0x")
    let digits = isHexadecimal ? text.dropFirst(2) : text
    guard let first = digits.first, first != "+", first != "-" else { return nil }
    return Int32(digits, radix: isHexadecimal ? 16 : 10).map { Int($0) }
  }
}

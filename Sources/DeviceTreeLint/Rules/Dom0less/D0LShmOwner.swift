import DeviceTree
import Diagnostics

/// Shared memory with two owners, or in another place than a directly mapped guest can see.
enum D0LShmOwner: TreeRule {
  static let card = RuleCard(
    id: "d0l-shm-owner", family: .dom0less, severity: .warning,
    summary: "shared memory has two owners, or another address in a guest that is mapped directly",
    why: """
      The owner's pages are lent to the others; a second owner finds them taken. A guest with
      `direct-map` sees memory where it lies, so that both addresses have to be one: since 4.19 Xen
      refuses others. Debian's Xen is built without shared memory; this was read, not tried.
      """,
    context: .xen,
    source: "Xen docs/misc/arm/device-tree/booting.txt; static-shmem.c, process_shm",
    bad: [
      RuleExample(
        """
        / {
          chosen {
            domU1 {
              compatible = "xen,domain";
              #address-cells = <1>; #size-cells = <1>;
              share {
                compatible = "xen,domain-shared-memory-v1";
                xen,shm-id = "ring"; role = "owner";
                xen,shared-mem = <0x60000000 0x50000000 0x1000>;
              };
            };
            domU2 {
              compatible = "xen,domain"; direct-map;
              #address-cells = <1>; #size-cells = <1>;
              share {
                compatible = "xen,domain-shared-memory-v1";
                xen,shm-id = "ring";
                «role» = "owner";
                «xen,shared-mem» = <0x60000000 0x50000000 0x1000>;
              };
            };
          };
        };
        """, for: .xen("4.19"))
    ],
    good: [
      RuleExample(
        """
        / {
          chosen {
            domU1 {
              compatible = "xen,domain";
              #address-cells = <1>; #size-cells = <1>;
              share {
                compatible = "xen,domain-shared-memory-v1";
                xen,shm-id = "ring"; role = "owner";
                xen,shared-mem = <0x60000000 0x50000000 0x1000>;
              };
            };
            domU2 {
              compatible = "xen,domain"; direct-map;
              #address-cells = <1>; #size-cells = <1>;
              share {
                compatible = "xen,domain-shared-memory-v1";
                xen,shm-id = "ring"; role = "borrower";
                xen,shared-mem = <0x60000000 0x60000000 0x1000>;
              };
            };
          };
        };
        """, for: .xen("4.19"))
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    let tree = context.tree
    var owners: [String: NodeID] = [:]
    for node in context.findSharedMemoryNodes() {
      if let role = tree.property(node, .role), tree.lists(role, "owner"),
        let id = tree.property(node, .xenSharedID).flatMap(tree.strings)?.first,
        let other = owners.updateValue(node, forKey: id)
      {
        findings.report(
          "\(tree.path(other)) owns `\(id)` too", at: node, role,
          help: "make one of them the borrower")
      }
      guard let domain = tree.parent(node), tree.has(domain, .directMap),
        let share = context.sharedMemory(node), share.host != share.guest
      else { continue }
      let host = share.host.map { "at \(hex($0))" } ?? "wherever Xen puts it"
      findings.report(
        "the guest is mapped directly, but sees memory \(host) at \(hex(share.guest))", at: node,
        share.property, help: "give it one address for both")
    }
  }
}

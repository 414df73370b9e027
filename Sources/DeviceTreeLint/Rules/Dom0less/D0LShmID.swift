import DeviceTree
import Diagnostics

/// Shared memory whose names and regions do not belong together.
enum D0LShmID: TreeRule {
  static let card = RuleCard(
    id: "d0l-shm-id", family: .dom0less, severity: .error,
    summary: "the id of shared memory is missing, too long, or stands for two regions",
    why: """
      Domains share what has the same `xen,shm-id`, 1 to 15 bytes. Xen refuses an id that names two
      regions and a region that has two ids: since 4.19 it stops early, before its console is up. An
      empty id ends in a BUG. Debian's Xen is built without shared memory; this was read, not tried.
      """,
    context: .xen,
    source: "Xen xen/common/device-tree/static-shmem.c, process_shm_node and process_shm",
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
                xen,shm-id = "ring";
                xen,shared-mem = <0x60000000 0x50000000 0x1000>;
              };
            };
            domU2 {
              compatible = "xen,domain";
              #address-cells = <1>; #size-cells = <1>;
              share-0 {
                compatible = "xen,domain-shared-memory-v1";
                «xen,shm-id» = "ring";
                xen,shared-mem = <0x60001000 0x50000000 0x1000>;
              };
              share-1 {
                compatible = "xen,domain-shared-memory-v1";
                «xen,shm-id» = "buffer-of-frames";
                xen,shared-mem = <0x60002000 0x50000000 0x1000>;
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
                xen,shm-id = "ring";
                xen,shared-mem = <0x60000000 0x50000000 0x1000>;
              };
            };
            domU2 {
              compatible = "xen,domain";
              #address-cells = <1>; #size-cells = <1>;
              share {
                compatible = "xen,domain-shared-memory-v1";
                xen,shm-id = "ring";
                xen,shared-mem = <0x60000000 0x51000000 0x1000>;
              };
            };
          };
        };
        """, for: .xen("4.19"))
    ])

  private struct Region: Hashable {
    let host: UInt64
    let size: UInt64
  }

  static func check(_ context: LintContext, _ findings: inout Findings) {
    let tree = context.tree
    var regions: [String: LintContext.SharedMemory] = [:]
    var ids: [Region: String] = [:]
    for node in context.findSharedMemoryNodes() {
      let property = tree.property(node, .xenSharedID)
      guard let property, let id = tree.strings(property)?.first, !id.isEmpty else {
        findings.report(
          "the shared memory has no id", at: node, property,
          help: "write `xen,shm-id` as a text of 1 to 15 bytes, the same in each domain")
        continue
      }
      guard id.utf8.count < 16 else {
        findings.report(
          "the id `\(id)` has \(id.utf8.count) bytes; Xen takes 15", at: node, property,
          help: "shorten it in each domain that shares the memory")
        continue
      }
      guard let share = context.sharedMemory(node) else { continue }
      if let first = regions[id] {
        if first.size != share.size || (share.host != nil && first.host != share.host) {
          findings.report(
            "`\(id)` is another region in \(tree.path(first.node))", at: node, property,
            help: "give both the same host address and size, or two ids")
        }
        continue
      }
      regions[id] = share
      guard let host = share.host else { continue }
      if let other = ids.updateValue(id, forKey: Region(host: host, size: share.size)) {
        findings.report(
          "the region at \(hex(host)) has the id `\(other)` too", at: node, property,
          help: "give one region one id")
      }
    }
  }
}

import DeviceTree
import Diagnostics

/// Shared memory that is no whole pages.
enum D0LShmAlign: TreeRule {
  static let card = RuleCard(
    id: "d0l-shm-align", family: .dom0less, severity: .error,
    summary: "shared memory is not made of whole pages",
    why: """
      Host address, guest address and size each have to be a multiple of 4 KiB, the size not zero and
      the end no more than the last address. Xen refuses the node: since 4.19 it stops early, before
      its console is up. Debian's Xen is built without shared memory; this was read, not tried.
      """,
    context: .xen,
    source: "Xen xen/common/device-tree/static-shmem.c, process_shm_node",
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
                «xen,shared-mem» = <0x60000000 0x50000800 0x1000>;
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
          };
        };
        """, for: .xen("4.19"))
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    for node in context.findSharedMemoryNodes() {
      let property = context.tree.property(node, .xenSharedMemory)
      guard let share = context.sharedMemory(node) else {
        let cells = context.tree.parent(node).map { context.xenCells($0) } ?? (address: 2, size: 1)
        findings.report(
          "`xen,shared-mem` is no host address, guest address and size with \(cells.address),"
            + " \(cells.address) and \(cells.size) cells", at: node, property,
          help: "write it in the cells of the guest's node")
        continue
      }
      let parts = [("host address", share.host ?? 0), ("guest address", share.guest)]
      for (what, address) in parts where address % 4096 != 0 {
        findings.report(
          "the \(what) \(hex(address)) is no multiple of 4 KiB", at: node, property,
          help: "use whole pages")
      }
      if share.size == 0 || share.size % 4096 != 0 {
        findings.report(
          "the size \(hex(share.size)) is no whole number of pages of 4 KiB", at: node, property,
          help: "use whole pages")
      } else if let host = share.host, host.addingReportingOverflow(share.size).overflow {
        findings.report(
          "\(hex(host)) and \(hex(share.size)) bytes reach past the last address", at: node,
          property, help: "correct the size")
      }
    }
  }
}

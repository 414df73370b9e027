import BootImages
import DeviceTree
import Diagnostics

/// A device's registers that cannot be mapped to the guest.
enum D0LPtAlign: TreeRule {
  static let card = RuleCard(
    id: "d0l-pt-align", family: .dom0less, severity: .error,
    summary: "`xen,reg` is no whole pages, or is counted in cells that Xen does not take",
    why: """
      Xen maps pages: host address, size and guest address of each entry have to be multiples of 4
      KiB. It counts them in the cells of the parent alone, of which 1 or 2 will do; before 4.22
      none at all make it divide by zero.
      """,
    context: .xen,
    evidence: .seen(
      "DomU passthrough config has not page aligned addresses/sizes", version: "4.17.5"),
    source: "Xen xen/common/device-tree/dom0less-build.c, handle_passthrough_prop",
    bad: [
      RuleExample(
        """
        / {
          passthrough {
            compatible = "simple-bus"; ranges; #address-cells = <1>; #size-cells = <1>;
            serial@10000000 {
              reg = <0x10000000 0x400>;
              xen,path = "/soc/serial@1c28400";
              «xen,reg» = <0x1c28400 0x400 0x10000000>;
            };
          };
        };
        """, for: .xen("4.17")),
      RuleExample(
        """
        / {
          passthrough {
            compatible = "simple-bus"; ranges; #address-cells = <3>; #size-cells = <1>;
            serial@0,0,10000000 {
              xen,path = "/soc/serial@1c28000";
              «xen,reg» = <0 0 0x1c28000 0x1000 0 0 0x10000000>;
            };
          };
        };
        """, for: .xen("4.17")),
    ],
    good: [
      RuleExample(
        """
        / {
          passthrough {
            compatible = "simple-bus"; ranges; #address-cells = <1>; #size-cells = <1>;
            serial@10000000 {
              reg = <0x10000000 0x1000>;
              xen,path = "/soc/serial@1c28000";
              xen,reg = <0x1c28000 0x1000 0x10000000>;
            };
          };
        };
        """, for: .xen("4.17"))
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    for partial in context.passthroughTrees {
      for device in partial.devices where device.isAssigned {
        guard let reg = device.reg else { continue }
        let (address, size) = (device.addressCells, device.sizeCells)
        guard (1...2).contains(address), (1...2).contains(size) else {
          let divides = address == 0 && size == 0 && context.xen < XenVersion(major: 4, minor: 22)
          partial.report(
            "`xen,reg` is counted in \(address) and \(size) cells"
              + (divides ? ", by which Xen divides" : ""),
            at: device.node, reg, help: "give the parent 1 or 2 of each", context, &findings)
          continue
        }
        let mappings = partial.mappings(device)
        if let odd = mappings.first(where: { ($0.host | $0.size | $0.guest) % 4096 != 0 }) {
          partial.report(
            "`xen,reg` maps \(hex(odd.host)), \(hex(odd.size)) bytes, to \(hex(odd.guest)):"
              + " no whole pages",
            at: device.node, reg, help: "use multiples of 4 KiB, and mind what else is in the page",
            context, &findings)
        }
        let length = partial.tree.length(reg)
        if mappings.isEmpty || length % (4 * Int(2 * address + size)) != 0 {
          partial.report(
            "`xen,reg` has \(length) bytes, no list of entries with \(address), \(size) and"
              + " \(address) cells; Xen leaves out the rest",
            at: device.node, reg, severity: .warning,
            help: "write host address, size and guest address for each range", context, &findings)
        }
      }
    }
  }
}

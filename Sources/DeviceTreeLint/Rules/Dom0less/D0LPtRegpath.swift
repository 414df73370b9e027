import DeviceTree
import Diagnostics

/// A device that is only half handed over.
enum D0LPtRegpath: TreeRule {
  static let card = RuleCard(
    id: "d0l-pt-regpath", family: .dom0less, severity: .error,
    summary: "a node of a partial tree has `xen,reg` or `xen,path` without the other",
    why: """
      `xen,reg` says what to map and `xen,path` whose interrupts to route. Xen does not guess one from
      the other: it prints "xen,reg or xen,path missing" and gives up the device, since 4.18 the
      guest. Only `xen,force-assign-without-iommu` lets `xen,reg` stand alone.
      """,
    context: .xen,
    evidence: .seen("xen,reg or xen,path missing for d1", version: "4.17.5"),
    source: "Xen xen/common/device-tree/dom0less-build.c, handle_prop_pfdt",
    bad: [
      RuleExample(
        """
        / {
          passthrough {
            compatible = "simple-bus"; ranges; #address-cells = <1>; #size-cells = <1>;
            serial@10000000 {
              reg = <0x10000000 0x1000>;
              «xen,path» = "/soc/serial@1c28000";
            };
            timer@10001000 {
              reg = <0x10001000 0x1000>;
              «xen,reg» = <0x1c20000 0x1000 0x10001000>;
            };
          };
        };
        """, for: .xen("4.17"))
    ],
    good: [
      RuleExample(
        """
        / {
          passthrough {
            compatible = "simple-bus"; ranges; #address-cells = <1>; #size-cells = <1>;
            serial@10000000 {
              reg = <0x10000000 0x1000>;
              xen,reg = <0x1c28000 0x1000 0x10000000>;
              xen,path = "/soc/serial@1c28000";
            };
            timer@10001000 {
              reg = <0x10001000 0x1000>;
              xen,reg = <0x1c20000 0x1000 0x10001000>;
              xen,force-assign-without-iommu;
            };
          };
        };
        """, for: .xen("4.17"))
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    for partial in context.passthroughTrees {
      for device in partial.devices {
        if let path = device.path, device.reg == nil {
          partial.report(
            "`xen,path` stands without `xen,reg`", at: device.node, path,
            help: "add `xen,reg` with what is to be mapped", context, &findings)
        } else if let reg = device.reg, device.path == nil, !device.isForced {
          partial.report(
            "`xen,reg` stands without `xen,path`", at: device.node, reg,
            help: "add `xen,path`, or `xen,force-assign-without-iommu` where there is no node",
            context, &findings)
        }
      }
    }
  }
}

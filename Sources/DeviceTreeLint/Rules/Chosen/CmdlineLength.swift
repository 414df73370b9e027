import BootImages
import DeviceTree
import Diagnostics

/// A module's command line that Xen has no room for.
enum CmdlineLength: TreeRule {
  static let card = RuleCard(
    id: "cmdline-length", family: .chosen, severity: .error,
    summary: "a module's command line is longer than Xen's room for it",
    why: """
      Xen keeps 1024 bytes for the `bootargs` of each module, the zero byte at its end among them,
      and panics with "command line too long" before it has a console: the line stays silent. Of
      exactly 1024 letters, Xen since 4.12 drops the last. `xen,dom0-bootargs` and
      `xen,xen-bootargs` have no such limit in Xen.
      """,
    context: .xen, evidence: .silence(version: "4.17.5"),
    source: "Xen xen/common/device-tree/bootinfo.c, add_boot_cmdline; BOOTMOD_MAX_CMDLINE",
    bad: [
      RuleExample(
        """
        / {
          chosen {
            module@44000000 {
              compatible = "multiboot,kernel", "multiboot,module";
              «bootargs» = "\(String(repeating: "a=1 ", count: 256) + "b")";
              reg = <0x44000000 0x500000>;
            };
          };
        };
        """, for: .xen("4.17"))
    ],
    good: [
      RuleExample(
        """
        / {
          chosen {
            module@44000000 {
              compatible = "multiboot,kernel", "multiboot,module";
              bootargs = "\(String(repeating: "a=1 ", count: 255) + "b=2")";
              reg = <0x44000000 0x500000>;
            };
          };
        };
        """, for: .xen("4.17"))
    ])

  static let limit = 1024

  static func check(_ context: LintContext, _ findings: inout Findings) {
    let tree = context.tree
    let isNew = context.xen >= XenVersion(major: 4, minor: 12)
    for module in context.modules {
      guard let property = tree.property(module.node, .bootargs),
        tree.length(property) >= limit
      else { continue }
      let letters =
        tree.value(property).firstIndex(of: 0).map { $0 - tree.valueRange(property).lowerBound }
        ?? tree.length(property)
      // Older ones go by the property's length, whatever it holds.
      let size = isNew ? letters + 1 : tree.length(property)
      guard size > limit else { continue }
      let isCut = isNew && letters == limit
      findings.report(
        isCut
          ? "the command line has \(limit) letters, and Xen drops the last"
          : "the command line takes \(size) bytes with its zero byte, and Xen has \(limit)",
        at: module.node, property, severity: isCut ? .warning : .error,
        help: "shorten it, or give dom0 its line as `xen,dom0-bootargs`")
    }
  }
}

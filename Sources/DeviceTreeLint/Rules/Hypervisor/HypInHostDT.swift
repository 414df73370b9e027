import BootImages
import DeviceTree
import Diagnostics

/// A `/hypervisor` where Xen makes its own.
enum HypInHostDT: TreeRule {
  static let card = RuleCard(
    id: "hyp-in-host-dt", family: .hypervisor, severity: .warning,
    summary: "the tree that Xen boots with has a `/hypervisor` already",
    why: """
      Xen makes that node for dom0. One that is compatible with `xen,xen` it leaves out; any other
      it copies to dom0's tree beside its own, since 4.7 with "WARNING: Path /hypervisor is
      reserved". Such a tree was mostly taken from a running dom0, where memory, interrupts and
      modules are not the machine's either.
      """,
    context: .xen,
    evidence: .seen(
      "WARNING: Path /hypervisor is reserved, skip the node as we may re-use the path.",
      version: "4.17.5"),
    aliases: ["unit_address_vs_reg"],
    source: "Xen xen/arch/arm/domain_build.c, handle_node",
    bad: [
      RuleExample(
        """
        / {
          chosen { xen,xen-bootargs = "dtuart=serial0 dom0_mem=512M"; };
          «hypervisor» {
            compatible = "xen,xen-4.17", "xen,xen";
            reg = <0xb0000000 0x40000>;
          };
        };
        """, for: .xen("4.17"))
    ],
    good: [
      RuleExample(
        "/ { chosen { xen,xen-bootargs = \"dtuart=serial0 dom0_mem=512M\"; }; };",
        for: .xen("4.17"))
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard let node = context.hypervisor else { return }
    let isLeftOut = context.tree.isCompatible(node, "xen,xen")
    findings.report(
      isLeftOut
        ? "Xen makes `/hypervisor` itself and leaves this one out"
        : "Xen makes `/hypervisor` itself; dom0 gets this one as well",
      at: node, help: "take the node out, or start from the board's own tree")
  }
}

import DeviceTree
import Diagnostics

/// A board that is told to stay in the secure world.
enum A20BootMode: TreeRule {
  static let card = RuleCard(
    id: "a20-bootmode", family: .soc, severity: .error,
    summary: "the environment makes U-Boot start Xen in the secure world",
    why: """
      `bootm_boot_mode=sec` is for the vendor's kernels. Xen must be entered in HYP mode,
      which U-Boot leaves the secure world for unless told so; else it says "Xen must be
      entered in NS Hyp mode" where it has an early console, and nothing where it has none.
      """,
    context: .xen,
    source: "U-Boot arch/arm/lib/bootm.c, boot_nonsec; Xen xen/arch/arm/arm32/head.S",
    bad: [
      RuleExample(
        """
        «/» {
          #address-cells = <1>; #size-cells = <1>;
          compatible = "allwinner,sun7i-a20";
          model = "A board";
        };
        """,
        for: .init(
          xen: "4.17", environment: ["bootm_boot_mode": "sec"]))
    ],
    good: [
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          compatible = "allwinner,sun7i-a20";
          model = "A board";
        };
        """,
        for: .init(
          xen: "4.17", environment: ["bootm_boot_mode": "nonsec"]))
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard context.soc != nil, context.target.environment["bootm_boot_mode"] == "sec" else { return }
    findings.report(
      "bootm_boot_mode is sec, so that U-Boot does not enter HYP mode", at: .root,
      help: "take the variable out of uEnv.txt or the script, or set it to nonsec")
  }
}

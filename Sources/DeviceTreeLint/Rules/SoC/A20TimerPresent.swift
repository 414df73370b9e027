import Boards
import DeviceTree
import Diagnostics

/// A tree of the chip from before it had the generic timer.
enum A20TimerPresent: TreeRule {
  static let card = RuleCard(
    id: "a20-timer-present", family: .soc, severity: .error,
    summary: "the tree has no generic timer, as early ones of the chip did not",
    why: """
      The vendor's trees, and Linux's first ones, use the chip's own timers only. Xen knows no
      clock but the generic timer, which the processors have. It stops before it opens its
      console, so that nothing is seen of "Unable to find a compatible timer in the device
      tree".
      """,
    context: .xen,
    source: "Xen xen/arch/arm/time.c; sun7i-a20.dtsi, /timer",
    bad: [
      RuleExample(
        """
        «/» {
          #address-cells = <1>; #size-cells = <1>;
          compatible = "allwinner,sun7i-a20";
          model = "A board";
        };
        """, for: .xen("4.17"))
    ],
    good: [
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          compatible = "allwinner,sun7i-a20";
          timer {
            compatible = "arm,armv7-timer";
            interrupts = <1 13 0xf08>, <1 14 0xf08>, <1 11 0xf08>, <1 10 0xf08>;
          };
        };
        """, for: .xen("4.17"))
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard let known = context.soc?.timer, context.timer == nil else { return }
    let cells = [known.secure, known.physical, known.virtual, known.hypervisor]
      .map { "<1 \($0) 0xf08>" }.joined(separator: ", ")
    findings.report(
      "this tree is from before the chip's generic timer was described, and Xen stops", at: .root,
      help:
        "take a newer tree, or add `timer { compatible = \"arm,armv7-timer\"; interrupts = \(cells); };`"
    )
  }
}

import DeviceTree
import Diagnostics

/// A tree without the timer that Xen lives by.
enum TimerNode: TreeRule {
  static let card = RuleCard(
    id: "timer-node", family: .interrupts, severity: .error,
    summary: "the tree has no generic timer",
    why: """
      Xen has one clock: the timer of the processors, by a node that is compatible with
      `arm,armv7-timer` or `arm,armv8-timer`. It looks for it before it opens its console, so
      that nothing at all is seen of "Unable to find a compatible timer in the device tree".
      Linux may do with a timer of the chip, and boots with the same tree.
      """,
    context: .xen,
    evidence: .silence(version: "4.17.5"),
    after: ["a20-timer-present"],
    source: "Xen xen/arch/arm/time.c, preinit_dt_xen_time",
    bad: [
      RuleExample(
        """
        «/» {
          model = "A board";
        };
        """, for: .xen("4.17"))
    ],
    good: [
      .withGIC(
        """
        timer {
          compatible = "arm,armv7-timer";
          interrupts = <1 13 0xf08>, <1 14 0xf08>, <1 11 0xf08>, <1 10 0xf08>;
        };
        """, for: .xen("4.17"))
    ])

  static let expectsMachine = true

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard context.timer == nil else { return }
    findings.report(
      "no node is compatible with arm,armv7-timer or arm,armv8-timer, and Xen stops", at: .root,
      help: "add a node `timer` with `compatible = \"arm,armv7-timer\"` and its four interrupts")
  }
}

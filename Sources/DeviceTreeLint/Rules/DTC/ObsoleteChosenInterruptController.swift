import DeviceTree
import Diagnostics

/// dtc's check of the same name.
enum ObsoleteChosenInterruptController: TreeRule {
  static let card = RuleCard(
    id: "obsolete_chosen_interrupt_controller", family: .dtc, severity: .warning,
    summary: "`/chosen` has an `interrupt-controller`",
    why: """
      Old kernels for PowerPC were told their interrupt controller that way. Today controllers are
      found by their own nodes, and code that looks for `interrupt-controller` takes `/chosen` for
      one.
      """,
    source: "dtc checks.c, check_obsolete_chosen_interrupt_controller",
    bad: [
      """
      / {
        gic: gic { };
        chosen {
          «interrupt-controller» = <&gic>;
        };
      };
      """
    ],
    good: ["/ { interrupt-parent = <&gic>; gic: gic { }; chosen { }; };"])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard let chosen = context.chosen,
      let property = context.tree.property(chosen, .interruptController)
    else { return }
    findings.report(
      "`interrupt-controller` in `/chosen` is obsolete", at: chosen, property,
      help: "take it out, and name the controller in `interrupt-parent`")
  }
}

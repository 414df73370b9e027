import Boards
import DeviceTree
import Diagnostics

/// A generic timer whose frequency is given, and given wrong.
enum TimerFreq: TreeRule {
  static let card = RuleCard(
    id: "timer-freq", family: .interrupts, severity: .warning,
    summary: "the generic timer's `clock-frequency` is 0 or not the chip's",
    why: """
      Firmware writes the frequency into a register of the processor, and a tree that gives
      one overrules it: all times are then wrong by the same factor. With 0 Xen since 4.18
      stops ("Timer frequency is less than 1 KHz"), and Linux has no clock.
      """,
    evidence: .seen("Freq: 24000 KHz", version: "4.17.5"),
    source:
      "arm,arch_timer.yaml; Xen xen/arch/arm/time.c, preinit_dt_xen_time; the chip in Boards/soc",
    bad: [
      .withGIC(
        """
        timer {
          compatible = "arm,armv7-timer";
          «clock-frequency» = <0>;
          interrupts = <1 13 0xf08>, <1 14 0xf08>, <1 11 0xf08>, <1 10 0xf08>;
        };
        """),
      .onA20(
        """
        timer {
          compatible = "arm,armv7-timer";
          «clock-frequency» = <32768>;
          interrupts = <1 13 0xf08>, <1 14 0xf08>, <1 11 0xf08>, <1 10 0xf08>;
        };
        """),
    ],
    good: [
      .onA20(
        """
        timer {
          compatible = "arm,armv7-timer";
          clock-frequency = <24000000>;
          interrupts = <1 13 0xf08>, <1 14 0xf08>, <1 11 0xf08>, <1 10 0xf08>;
        };
        """),
      .withGIC(
        """
        timer {
          compatible = "arm,armv7-timer";
          clock-frequency = <32768>;
          interrupts = <1 13 0xf08>, <1 14 0xf08>, <1 11 0xf08>, <1 10 0xf08>;
        };
        """),
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard let timer = context.timer, context.isForXen || context.isEnabled(timer),
      let property = context.tree.property(timer, .clockFrequency),
      let frequency = context.tree.onlyCell(property)
    else { return }
    let known = context.soc?.timer.frequency
    guard frequency == 0 || (known.map { $0 != Int(frequency) } ?? false) else { return }
    let path = context.tree.path(timer)
    let fix =
      known.map {
        Fix(
          .safe, "write <\($0)>", .set(node: path, property: "clock-frequency", value: "<\($0)>"))
      }
      ?? Fix(
        .risky, "take it out, so that the firmware's value counts",
        .remove(node: path, property: "clock-frequency"))
    findings.report(
      "the timer is said to count at \(frequency) Hz"
        + (known.map { "; this chip's does at \($0) Hz" } ?? ""),
      at: timer, property, help: "take the property out: firmware knows the frequency", fix: fix)
  }
}

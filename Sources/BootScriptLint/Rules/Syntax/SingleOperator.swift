import Diagnostics
import Hush

struct SingleOperator: ScriptRule {
  static let card = RuleCard(
    id: "script-single-operator", family: .script, severity: .error,
    summary: "a single & or | drops the rest of the script",
    why: """
      The shell has neither pipes nor jobs in the background: it complains of a syntax error and reads \
      no further. What stands before has run by then.
      """,
    after: ["script-foreign-shell"],
    source: "U-Boot's common/cli_hush.c, parse_stream; tried with U-Boot 2023.01",
    bad: [.hush("echo one\nprintenv «|» grep mmc\nboot"), .hush("usb start «&»")],
    good: [.hush("usb start && boot"), .hush("echo 'a & b'")])

  static func check(_ script: ScriptContext, _ findings: inout ScriptFindings) {
    for fault in script.faults {
      guard case .singleOperator(let sign) = fault.fault.kind else { continue }
      let text = String(decoding: [sign], as: UTF8.self)
      findings.report(
        "a single `\(text)` is a syntax error: nothing from this line on runs", at: fault.range,
        help: "write `\(text)\(text)`, or put quotes around it")
    }
  }
}

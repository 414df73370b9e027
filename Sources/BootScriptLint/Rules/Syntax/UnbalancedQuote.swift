import Diagnostics
import Hush

struct UnbalancedQuote: ScriptRule {
  static let card = RuleCard(
    id: "script-unbalanced-quote", family: .script, severity: .error,
    summary: "a quote or ${ is closed nowhere",
    why:
      "All that follows is taken for a part of the word, or dropped with a syntax error; no line of it runs.",
    after: ["script-apostrophe-in-quotes"],
    source: "U-Boot's common/cli_hush.c, parse_stream and handle_dollar; tried with U-Boot 2023.01",
    bad: [
      .hush("echo «\"»hello\nboot"), .hush("setenv x «'»a\nboot"),
      .hush("load mmc 0:1 «${»kernel_addr_r zImage"),
    ],
    good: [.hush("echo \"hello\"\nboot")])

  static func check(_ script: ScriptContext, _ findings: inout ScriptFindings) {
    for quote in script.openQuotes {
      findings.report(
        "the double quote is closed nowhere: all that follows is part of its word",
        at: quote..<(quote + 1), help: "close it")
    }
    for fault in script.faults {
      switch fault.fault.kind {
      case .openSingleQuote:
        // One within double quotes is an apostrophe.
        if !fault.isInVariable,
          script.marks.apostrophes.contains(where: { $0.range.lowerBound == fault.range.lowerBound }
          )
        {
          continue
        }
        findings.report(
          "the single quote is closed nowhere: nothing from this line on runs", at: fault.range,
          help: "close it")
      case .openBrace:
        findings.report(
          "`${` is closed nowhere: nothing from this line on runs", at: fault.range,
          help: "write `}` behind the name")
      default: break
      }
    }
  }
}

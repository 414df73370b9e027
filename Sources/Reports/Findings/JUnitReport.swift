import Diagnostics

/// Findings as test results: a suite for each file, in it a case for each rule that spoke, or one
/// that has passed.
///
/// A case fails where a finding is as bad as the run asks for (`--fail-on`), so that a report with
/// failures and an exit status of 1 are the same. JUnit knows no warnings; cases with nothing but
/// lesser findings are `skipped`, which every reader counts by itself and shows with its text.
enum JUnitReport {
  static func text(_ report: FindingReport, failingFrom threshold: Severity?) -> String {
    var lines = ["<?xml version=\"1.0\" encoding=\"UTF-8\"?>"]
    let suites = report.files.map { (name: escaped($0.name), cases: cases($0, threshold)) }
    let all = suites.flatMap(\.cases)
    let total = suites.reduce(0) { $0 + max(1, $1.cases.count) }
    lines.append(
      "<testsuites name=\"ctboot lint\" tests=\"\(total)\" failures=\"\(all.count(where: \.fails))\">"
    )
    for (name, cases) in suites {
      let failed = cases.count(where: \.fails)
      lines.append(
        "  <testsuite name=\"\(name)\" tests=\"\(max(1, cases.count))\" failures=\"\(failed)\""
          + " skipped=\"\(cases.count - failed)\">")
      if cases.isEmpty { lines.append("    <testcase classname=\"\(name)\" name=\"lint\"/>") }
      for rule in cases {
        lines.append(
          "    <testcase classname=\"\(name)\" name=\"\(escaped(rule.rule.rawValue))\">")
        lines.append("      " + rule.outcome)
        lines.append("    </testcase>")
      }
      lines.append("  </testsuite>")
    }
    lines.append("</testsuites>")
    return lines.joined(separator: "\n") + "\n"
  }

  /// What one rule said of one file.
  private struct Case {
    let rule: RuleID
    var findings: [Finding]
    var fails = false

    /// What stands in the case.
    var outcome: String {
      let worst = findings.map(\.severity).max() ?? .info
      let first = findings.first { $0.severity == worst }?.message ?? ""
      let text = escaped(
        findings.map { finding in
          ["\(finding.severity.rawValue): \(finding.place): \(finding.message)"]
            + finding.notes + [finding.help].compactMap(\.self)
        }.joined().joined(separator: "\n"))
      let message = "message=\"\(escaped(first))\""
      return fails
        ? "<failure type=\"\(worst.rawValue)\" \(message)>\(text)</failure>"
        : "<skipped \(message)>\(text)</skipped>"
    }
  }

  /// By rule, in the order in which each spoke first.
  private static func cases(_ file: FindingReport.File, _ threshold: Severity?) -> [Case] {
    var cases: [Case] = []
    var places: [RuleID: Int] = [:]
    for finding in file.findings {
      let place = places[finding.rule] ?? cases.count
      if place == cases.count {
        places[finding.rule] = place
        cases.append(Case(rule: finding.rule, findings: []))
      }
      cases[place].findings.append(finding)
      if let threshold, finding.severity >= threshold { cases[place].fails = true }
    }
    return cases
  }

  /// XML 1.0 has no place for most control characters, escaped or not.
  static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "\n": escaped += "&#10;"
      case "\t": escaped += "&#9;"
      default:
        let isAllowed = scalar.value >= 0x20 && scalar.value != 0xFFFE && scalar.value != 0xFFFF
        escaped.unicodeScalars.append(isAllowed ? scalar : "\u{FFFD}")
      }
    }
    return escaped
  }
}

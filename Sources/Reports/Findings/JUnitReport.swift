import Diagnostics

/// Findings as test results: a suite for each file, in it a case for each rule that spoke, or one
/// that has passed.
enum JUnitReport {
  static func text(_ report: FindingReport) -> String {
    var lines = ["<?xml version=\"1.0\" encoding=\"UTF-8\"?>"]
    let suites = report.files.map { (file: $0, cases: cases($0)) }
    let total = suites.reduce(0) { $0 + max(1, $1.cases.count) }
    let failed = suites.reduce(0) { $0 + $1.cases.count }
    lines.append("<testsuites name=\"ctboot lint\" tests=\"\(total)\" failures=\"\(failed)\">")
    for (file, cases) in suites {
      let name = escaped(file.name)
      lines.append(
        "  <testsuite name=\"\(name)\" tests=\"\(max(1, cases.count))\" failures=\"\(cases.count)\">"
      )
      if cases.isEmpty { lines.append("    <testcase classname=\"\(name)\" name=\"lint\"/>") }
      for (rule, findings) in cases {
        lines.append("    <testcase classname=\"\(name)\" name=\"\(escaped(rule.rawValue))\">")
        let first = findings[0]
        let worst = findings.map(\.severity).max() ?? .info
        let text = findings.map { finding in
          ["\(finding.place): \(finding.message)"]
            + finding.notes + [finding.help].compactMap(\.self)
        }.joined().joined(separator: "\n")
        lines.append(
          "      <failure type=\"\(worst.rawValue)\" message=\"\(escaped(first.message))\">"
            + "\(escaped(text))</failure>")
        lines.append("    </testcase>")
      }
      lines.append("  </testsuite>")
    }
    lines.append("</testsuites>")
    return lines.joined(separator: "\n") + "\n"
  }

  /// By rule, in the order in which each spoke first.
  private static func cases(
    _ file: FindingReport.File
  ) -> [(rule: RuleID, findings: [Finding])] {
    var cases: [(rule: RuleID, findings: [Finding])] = []
    var places: [RuleID: Int] = [:]
    for finding in file.findings {
      if let place = places[finding.rule] {
        cases[place].findings.append(finding)
      } else {
        places[finding.rule] = cases.count
        cases.append((finding.rule, [finding]))
      }
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

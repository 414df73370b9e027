import Diagnostics

/// Findings as workflow commands, which GitHub shows beside the lines of a change. Since it shows ten
/// of a kind for a step only, the last line counts them.
///
/// Source: GitHub Docs, "Workflow commands for GitHub Actions".
enum GitHubAnnotations {
  static func text(_ report: FindingReport) -> String {
    var lines = report.findings.map(line)
    lines.append("ctboot lint: \(report.totals)")
    return lines.joined(separator: "\n") + "\n"
  }

  private static func line(_ finding: Finding) -> String {
    let place = finding.place
    var properties = [("file", place.file)]
    if let line = place.line { properties.append(("line", "\(line)")) }
    if let column = place.column { properties.append(("col", "\(column)")) }
    if let line = place.endLine { properties.append(("endLine", "\(line)")) }
    if let column = place.endColumn { properties.append(("endColumn", "\(column)")) }
    properties.append(("title", finding.rule.rawValue))
    let command =
      switch finding.severity {
      case .error: "error"
      case .warning: "warning"
      case .info: "notice"
      }
    let text =
      ([finding.message] + finding.whereabouts + finding.notes + [finding.help].compactMap(\.self))
      .map(DiagnosticText.visible).joined(separator: "\n")
    let list = properties.map { name, value in
      "\(name)=\(escaped(DiagnosticText.visible(value), alsoSeparators: true))"
    }.joined(separator: ",")
    return "::\(command) \(list)::\(escaped(text, alsoSeparators: false))"
  }

  /// GitHub turns these back, and no others; control characters are made visible before.
  private static func escaped(_ text: String, alsoSeparators: Bool) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "%": escaped += "%25"
      case "\r": escaped += "%0D"
      case "\n": escaped += "%0A"
      case ":" where alsoSeparators: escaped += "%3A"
      case "," where alsoSeparators: escaped += "%2C"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}

extension Finding {
  /// Node and property, for formats that have no field for them.
  var whereabouts: [String] {
    guard let node = place.node else { return [] }
    return ["in \(node)" + (place.property.map { ": \($0)" } ?? "")]
  }
}

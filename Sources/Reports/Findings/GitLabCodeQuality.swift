import Diagnostics

/// Findings as GitLab's Code Quality report wants them.
///
/// Source: GitLab Docs, "Code Quality", report format.
enum GitLabCodeQuality {
  struct Issue: Encodable {
    let description: String
    let checkName: String
    let fingerprint: String
    let severity: String
    let location: Location

    enum CodingKeys: String, CodingKey {
      case checkName = "check_name"
      case description, fingerprint, severity, location
    }
  }

  struct Location: Encodable {
    let path: String
    let lines: Lines
  }

  struct Lines: Encodable { let begin: Int }

  /// Fingerprints have to be unique, so the second of two equal findings counts up.
  static func issues(_ report: FindingReport) -> [Issue] {
    var seen: [String: Int] = [:]
    return report.findings.map { finding in
      let fingerprint = finding.fingerprint
      let number = seen[fingerprint, default: 0]
      seen[fingerprint] = number + 1
      return Issue(
        description: ([finding.message] + finding.whereabouts).joined(separator: ", "),
        checkName: finding.rule.rawValue,
        fingerprint: number == 0 ? fingerprint : "\(fingerprint)-\(number)",
        severity: severity(finding.severity),
        location: Location(
          path: path(finding.place.file), lines: Lines(begin: finding.place.line ?? 1)))
    }
  }

  private static func severity(_ severity: Severity) -> String {
    switch severity {
    case .error: "major"
    case .warning: "minor"
    case .info: "info"
    }
  }

  /// Relative, without a leading `./`.
  private static func path(_ file: String) -> String {
    file.hasPrefix("./") ? String(file.dropFirst(2)) : file
  }
}

import Diagnostics

/// Findings for programs. What is not known is left out.
struct FindingJSON: Encodable {
  let findings: [Record]
  let summary: Summary

  init(_ report: FindingReport) {
    findings = report.findings.map(Record.init)
    summary = Summary(
      files: report.judged, errors: report.count(.error), warnings: report.count(.warning),
      infos: report.count(.info), accepted: report.files.reduce(0) { $0 + $1.accepted.count })
  }

  struct Summary: Encodable {
    let files: Int
    let errors: Int
    let warnings: Int
    let infos: Int
    let accepted: Int
  }

  struct Record: Encodable {
    let rule: String
    let aliases: [String]?
    let severity: String
    let message: String
    let file: String
    let line: Int?
    let column: Int?
    let node: String?
    let property: String?
    let offset: Int?
    let notes: [String]?
    let help: String?
    let fix: FixRecord?
    let fingerprint: String

    init(_ finding: Finding) {
      rule = finding.rule.rawValue
      aliases = finding.aliases.isEmpty ? nil : finding.aliases.map(\.rawValue)
      severity = finding.severity.rawValue
      message = finding.message
      file = finding.place.file
      line = finding.place.line
      column = finding.place.column
      node = finding.place.node
      property = finding.place.property
      offset = finding.place.offset
      notes = finding.notes.isEmpty ? nil : finding.notes
      help = finding.help
      fix = finding.fix.map(FixRecord.init)
      fingerprint = finding.fingerprint
    }
  }

  struct FixRecord: Encodable {
    let safety: String
    let title: String
    let edit: EditRecord?

    init(_ fix: Fix) {
      safety = fix.safety.rawValue
      title = fix.title
      edit = fix.edit.map(EditRecord.init)
    }
  }

  struct EditRecord: Encodable {
    let line: Int
    let column: Int
    let endLine: Int
    let endColumn: Int
    let text: String

    init(_ edit: TextEdit) {
      line = edit.line
      column = edit.column
      endLine = edit.endLine
      endColumn = edit.endColumn
      text = edit.text
    }
  }
}

import Diagnostics
import Foundation

/// Findings one to a line, as reviewdog reads them; columns are UTF-8 bytes there, not characters.
///
/// Source: reviewdog's `proto/rdf`, Reviewdog Diagnostic Format.
enum ReviewdogLines {
  struct Line: Encodable {
    let message: String
    let location: Location
    let severity: String
    let source: Name
    let code: Code
    let suggestions: [Suggestion]?
  }

  struct Name: Encodable { let name: String }
  struct Code: Encodable { let value: String }

  struct Location: Encodable {
    let path: String
    let range: Range?
  }

  struct Range: Encodable {
    let start: Position
    let end: Position?
  }

  struct Position: Encodable {
    let line: Int
    let column: Int?
  }

  struct Suggestion: Encodable {
    let range: Range
    let text: String
  }

  static func text(_ report: FindingReport) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var text = ""
    for file in report.files {
      for finding in file.findings {
        text +=
          String(decoding: try encoder.encode(line(finding, in: report)), as: UTF8.self) + "\n"
      }
    }
    return text
  }

  private static func line(_ finding: Finding, in report: FindingReport) -> Line {
    let place = finding.place
    let range = place.line.map { line in
      Range(
        start: position(line, place.column, of: place.file, in: report),
        end: place.endLine.map { position($0, place.endColumn, of: place.file, in: report) })
    }
    let severity =
      switch finding.severity {
      case .error: "ERROR"
      case .warning: "WARNING"
      case .info: "INFO"
      }
    let suggestions = finding.fix?.edit.map { edit in
      [
        Suggestion(
          range: Range(
            start: position(edit.line, edit.column, of: place.file, in: report),
            end: position(edit.endLine, edit.endColumn, of: place.file, in: report)),
          text: edit.text)
      ]
    }
    return Line(
      message: ([finding.message] + finding.whereabouts + finding.notes
        + [finding.help].compactMap(\.self)).joined(separator: "\n"),
      location: Location(path: place.file, range: range), severity: severity,
      source: Name(name: "ctboot"), code: Code(value: finding.rule.rawValue),
      suggestions: suggestions)
  }

  /// The column as a count of bytes, from 1.
  private static func position(
    _ line: Int, _ column: Int?, of file: String, in report: FindingReport
  ) -> Position {
    guard let column, let text = report.line(line, of: file) else {
      return Position(line: line, column: column)
    }
    let before = text.unicodeScalars.prefix(column - 1)
    return Position(line: line, column: before.reduce(1) { $0 + UTF8.width($1) })
  }
}

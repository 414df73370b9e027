public import Diagnostics
import Foundation

/// Findings that were there when somebody began to lint: they are not told again, new ones are.
///
/// A finding is known by its fingerprint, which has no line in it, so that edits elsewhere in the
/// file do not bring it back. The same finding twice is two entries.
public struct Baseline: Sendable, Hashable {
  /// One finding, with what lets a person recognise it.
  struct Entry: Codable, Sendable, Hashable {
    let fingerprint: String
    let rule: String
    let file: String
    let node: String?
    let message: String
  }

  private struct Document: Codable {
    var version = 1
    var findings: [Entry]
  }

  let entries: [Entry]

  /// - Parameter named: what the baseline calls a file.
  public init(
    of findings: some Sequence<Finding>, named name: (String) -> String = { $0 }
  ) {
    entries = findings.map { $0.renamed(name) }.map {
      Entry(
        fingerprint: $0.fingerprint, rule: $0.rule.rawValue, file: $0.place.file,
        node: $0.place.node, message: $0.message)
    }.sorted { ($0.file, $0.rule, $0.fingerprint) < ($1.file, $1.rule, $1.fingerprint) }
  }

  /// Reads what `text` writes.
  public init(parsing bytes: [UInt8], file: String) throws(BaselineError) {
    guard let document = try? JSONDecoder().decode(Document.self, from: Data(bytes)) else {
      throw .notABaseline(file)
    }
    guard document.version == 1 else { throw .unknownVersion(file, document.version) }
    entries = document.findings
  }

  /// JSON, sorted, so that two of the same findings are the same text.
  public func text() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let data = try encoder.encode(Document(findings: entries))
    return String(decoding: data, as: UTF8.self) + "\n"
  }

  /// How often each fingerprint is accepted.
  public var counts: [String: Int] {
    entries.reduce(into: [:]) { $0[$1.fingerprint, default: 0] += 1 }
  }
}

public enum BaselineError: Error, Sendable, Hashable {
  case notABaseline(String)
  case unknownVersion(String, Int)
}

extension BaselineError: DiagnosticConvertible {
  public var diagnostic: Diagnostic {
    let help = "write it anew with `ctboot lint --write-baseline FILE`"
    return switch self {
    case .notABaseline(let file):
      Diagnostic(.error, "\(file) is no baseline of `ctboot lint`", help: help)
    case .unknownVersion(let file, let version):
      Diagnostic(
        .error, "the baseline \(file) has version \(version), which this ctboot does not know",
        help: help)
    }
  }
}

extension Finding {
  /// The same in a file of another name.
  func renamed(_ name: (String) -> String) -> Finding {
    var finding = self
    finding.place.file = name(place.file)
    return finding
  }
}

import Diagnostics

/// One finding in a SARIF log.
struct SARIFResult: Encodable {
  let ruleId: String
  let ruleIndex: Int
  let level: String
  let message: SARIFText
  let locations: [SARIFLocation]
  let partialFingerprints: [String: String]
  let fixes: [SARIFFix]?
  let suppressions: [SARIFSuppression]?

  init(_ finding: Finding, rule: Int, accepted: FindingReport.Accepted?) {
    ruleId = finding.rule.rawValue
    ruleIndex = rule
    level = Self.level(finding.severity)
    message = SARIFText(
      text: ([finding.message] + finding.whereabouts + finding.notes
        + [finding.help].compactMap(\.self)).joined(separator: "\n"))
    locations = [SARIFLocation(finding.place)]
    partialFingerprints = ["ctbootFinding/v1": finding.fingerprint]
    fixes = finding.fix.flatMap { fix in
      fix.edit.map { [SARIFFix(fix.title, $0, file: finding.place.file)] }
    }
    suppressions = accepted.map { [SARIFSuppression($0)] }
  }

  static func level(_ severity: Severity) -> String {
    switch severity {
    case .error: "error"
    case .warning: "warning"
    case .info: "note"
    }
  }
}

struct SARIFArtifact: Encodable {
  let uri: String

  /// A relative reference, in which only some characters stand for themselves (RFC 3986).
  init(_ file: String) {
    let path = file.hasPrefix("./") ? String(file.dropFirst(2)) : file
    var uri = path.hasPrefix("/") ? "file://" : ""
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        uri.unicodeScalars.append(Unicode.Scalar(byte))
      case UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        uri.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        uri += "%" + (byte < 16 ? "0" : "") + digits
      }
    }
    self.uri = uri
  }
}

struct SARIFLocation: Encodable {
  struct Physical: Encodable {
    let artifactLocation: SARIFArtifact
    let region: SARIFRegion?
  }

  struct Logical: Encodable {
    let fullyQualifiedName: String
    let kind: String
  }

  let physicalLocation: Physical
  let logicalLocations: [Logical]?

  init(_ place: Finding.Place) {
    physicalLocation = Physical(
      artifactLocation: SARIFArtifact(place.file), region: SARIFRegion(place))
    logicalLocations = place.node.map { node in
      guard let property = place.property else {
        return [Logical(fullyQualifiedName: node, kind: "element")]
      }
      return [Logical(fullyQualifiedName: "\(node):\(property)", kind: "property")]
    }
  }
}

/// Lines of text, or bytes of a blob.
struct SARIFRegion: Encodable {
  var startLine: Int?
  var startColumn: Int?
  var endLine: Int?
  var endColumn: Int?
  var byteOffset: Int?
  var byteLength: Int?

  init?(_ place: Finding.Place) {
    if let line = place.line {
      startLine = line
      startColumn = place.column
      endLine = place.endLine
      endColumn = place.endColumn
    } else if let offset = place.offset {
      byteOffset = offset
      byteLength = 4
    } else {
      return nil
    }
  }

  init(_ edit: TextEdit) {
    startLine = edit.line
    startColumn = edit.column
    endLine = edit.endLine
    endColumn = edit.endColumn
  }
}

struct SARIFFix: Encodable {
  struct Change: Encodable {
    let artifactLocation: SARIFArtifact
    let replacements: [Replacement]
  }

  struct Replacement: Encodable {
    let deletedRegion: SARIFRegion
    let insertedContent: SARIFText
  }

  let description: SARIFText
  let artifactChanges: [Change]

  init(_ title: String, _ edit: TextEdit, file: String) {
    description = SARIFText(text: title)
    artifactChanges = [
      Change(
        artifactLocation: SARIFArtifact(file),
        replacements: [
          Replacement(
            deletedRegion: SARIFRegion(edit), insertedContent: SARIFText(text: edit.text))
        ])
    ]
  }
}

struct SARIFSuppression: Encodable {
  let kind: String
  let justification: String

  init(_ accepted: FindingReport.Accepted) {
    kind = accepted.place == .source ? "inSource" : "external"
    justification = accepted.reason
  }
}

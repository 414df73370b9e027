public import Diagnostics

/// Why no script could be composed.
public enum ScriptError: Error, Sendable, Hashable {
  /// A value that U-Boot's shell would take for something else.
  case unsafeText(String, place: String)
  /// A value with control characters, which no script can carry.
  case unprintable(String, place: String)
  /// In bytes, as it would be written.
  case tooLong(place: String, length: Int, limit: Int)
  /// The template asks for something that there is not.
  case unknownGap(String, template: String, line: Int, known: [String])
  case malformedTemplate(String, reason: String)
  /// Carriage returns or NULs, which U-Boot's shell does not take for white space.
  case oddBytes(template: String)
}

extension ScriptError: DiagnosticConvertible {
  public var diagnostic: Diagnostic {
    switch self {
    case .unsafeText(let text, let place):
      Diagnostic(
        .error, "the \(place) `\(text)` cannot stand in a boot script",
        help: "use printable ASCII without quotes, `$`, backslash and backtick")
    case .unprintable(_, let place):
      Diagnostic(
        .error, "the \(place) holds a control character, which a boot script cannot carry",
        help: "write it in one line, without tabs and other control characters")
    case .tooLong(let place, let length, let limit):
      Diagnostic(
        .error,
        "the \(place) takes \(length) bytes in extlinux.conf, of which U-Boot reads \(limit)",
        help: "make it shorter, or use boot.scr (`image: boot: script: boot.scr`)")
    case .unknownGap(let gap, let template, let line, let known):
      Diagnostic(
        .error, "the template asks for `\(gap)`, which is not known",
        at: SourceSpan(file: template, line: line, column: 1),
        help: Spelling.nearest(to: gap, among: known).map { "did you mean `\($0)`?" }
          ?? "known are \(known.map { "`\($0)`" }.joined(separator: ", "))")
    case .oddBytes(let template):
      Diagnostic(
        .error, "the script from the template \(template) holds carriage returns or NULs",
        help: "save the template with Unix line ends")
    case .malformedTemplate(let template, let reason):
      Diagnostic(
        .error, "the template \(template) cannot be read: \(reason)",
        help: "correct its Mustache gaps, `{{{name}}}`")
    }
  }
}

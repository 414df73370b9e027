public import Diagnostics
import Measures

extension YAMLError: DiagnosticConvertible {
  public var diagnostic: Diagnostic {
    switch self {
    case .tooLarge(let size, let span):
      Diagnostic(
        .error, "the file has \(size), more than the \(YAMLDocument.sizeLimit) that are read",
        at: span,
        help: "check that this is the file you meant")
    case .notUTF8(let byte, let span):
      Diagnostic(
        .error, "the byte 0x\(String(byte, radix: 16)) is not UTF-8", at: span,
        help: "save the file as UTF-8")
    case .character(0x09, let span):
      Diagnostic(
        .error, "a tab stands here", at: span, help: "write blanks instead, or `\\t` in quotes")
    case .character(0xfeff, let span):
      Diagnostic(
        .error, "a byte order mark stands here", at: span, help: "save the file as UTF-8 without it"
      )
    case .character(let code, let span):
      Diagnostic(
        .error, "the character U+\(Self.digits(code)) must not stand in this file", at: span,
        help: "remove it; it is most likely invisible in your editor")
    case .syntax(let problem, let context, let span):
      Diagnostic(
        .error, "this is no YAML: \(problem)", at: span, notes: context.map { [$0] } ?? [],
        help: "look at indentation, quotes and colons here and in the lines above")
    case .empty(let span):
      Diagnostic(.error, "the file says nothing", at: span, help: "fill it in, or remove it")
    case .severalDocuments(let span):
      Diagnostic(
        .error, "a second document begins here", at: span,
        help: "keep one document and no further `---`")
    case .tooDeep(let span):
      Diagnostic(
        .error, "lists and mappings stand more than \(YAMLDocument.depthLimit) deep", at: span,
        help: "look for brackets that are never closed")
    case .anchor(let name, let span):
      Diagnostic(
        .error, "the anchor `&\(name)` is not allowed", at: span, help: "write the value out")
    case .alias(let name, let span):
      Diagnostic(
        .error, "the alias `*\(name)` is not allowed", at: span, help: "write the value out")
    case .tag(let tag, let span):
      Diagnostic(.error, "the tag `\(tag)` is not allowed", at: span, help: "leave the tag out")
    case .keyIsNoText(let found, let span):
      Diagnostic(.error, "a key must be a text, and here stands \(found)", at: span)
    case .duplicateKey(let key, let span, let first):
      Diagnostic(
        .error, "`\(key)` is given twice", at: span,
        notes: span == first ? [] : ["the first stands at \(first)"], help: "remove one of them")
    case .unknownKey(let key, let nearest, let known, let span):
      Diagnostic(
        .error, "`\(key)` is not a key here", at: span,
        notes: known.isEmpty ? [] : ["known keys: \(known.joined(separator: ", "))"],
        help: nearest.map { "did you mean `\($0)`?" } ?? "remove it")
    case .missingKey(let key, let span):
      Diagnostic(
        .error, "`\(key)` is missing", at: span, help: "add a line `\(key): …` to this mapping")
    case .wrongValue(let wanted, let found, let span):
      Diagnostic(.error, "wanted \(wanted), found \(found)", at: span, help: "write \(wanted)")
    case .unfit(let message, let help, let span):
      Diagnostic(.error, message, at: span, help: help)
    case .notAChoice(let text, let choices, let nearest, let span):
      Diagnostic(
        .error, "`\(text)` is none of \(choices.map { "`\($0)`" }.joined(separator: ", "))",
        at: span,
        help: nearest.map { "did you mean `\($0)`?" } ?? "write one of these")
    }
  }

  private static func digits(_ code: UInt32) -> String {
    let digits = String(code, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}

import Mustache

/// The text of a boot script with gaps, which users may change.
///
/// Gaps are Mustache's: `{{{name}}}` for a value, `{{#list}} … {{/list}}` for a list. A gap whose
/// name is not known is an error here, where Mustache itself would leave it empty.
public struct ScriptTemplate: Sendable {
  let name: String
  let text: String

  /// - Parameter name: what errors call it: its file.
  public init(name: String, text: String) {
    self.name = name
    self.text = text
  }

  /// The text with its gaps filled.
  func render(_ gaps: Gaps) throws(ScriptError) -> String {
    try check(gaps)
    let template: MustacheTemplate
    do {
      // Scripts are plain text: nothing of HTML's is to be escaped.
      template = try MustacheTemplate(string: "{{% CONTENT_TYPE:TEXT}}" + text)
    } catch {
      // Mustache's own error names places in a text that has our mark in front.
      let reason = (error as? MustacheTemplate.ParserError)?.error ?? error
      throw .malformedTemplate(name, reason: "Mustache says \(reason)")
    }
    let script = template.render(gaps.context)
    // U-Boot's shell takes a carriage return for a part of the last word: `then\r` is no `then`.
    guard !script.utf8.contains(0x0D), !script.utf8.contains(0) else {
      throw .oddBytes(template: name)
    }
    return script
  }

  /// Refuses gaps that nothing fills where they stand: what is in a section's rows is known only
  /// between the marks that repeat for them.
  private func check(_ gaps: Gaps) throws(ScriptError) {
    typealias Scope = (names: Set<String>, sections: [String: Gaps.Section])
    var scopes: [Scope] = [(Set(gaps.values.keys), gaps.sections)]
    for tag in try Self.tags(in: text, template: name) {
      let known = scopes.reduce(into: Set<String>()) {
        $0.formUnion($1.names)
        $0.formUnion($1.sections.keys)
      }
      guard known.contains(tag.name) else {
        throw .unknownGap(tag.name, template: name, line: tag.line, known: known.sorted())
      }
      switch tag.mark {
      case "#":
        let section = scopes.reversed().lazy.compactMap { $0.sections[tag.name] }.first
        scopes.append((section?.names ?? [], section?.sections ?? [:]))
      case "^": scopes.append(([], [:]))
      // Whether it closes what was opened, Mustache itself looks at.
      case "/": if scopes.count > 1 { scopes.removeLast() }
      default: break
      }
    }
  }

  /// A gap: what stands before its name (`#`, `^` or `/` where it opens or closes a section), and
  /// its line.
  private struct Tag {
    let mark: Character?
    let name: String
    let line: Int
  }

  /// All gaps but comments.
  private static func tags(in text: String, template: String) throws(ScriptError) -> [Tag] {
    var tags: [Tag] = []
    var line = 1
    var rest = text[...]
    while let start = rest.firstIndex(where: { $0 == "{" || $0.isNewline }) {
      if rest[start].isNewline {
        line += 1
        rest = rest[rest.index(after: start)...]
        continue
      }
      guard rest[start...].hasPrefix("{{") else {
        rest = rest[rest.index(after: start)...]
        continue
      }
      let inside = rest[start...].drop { $0 == "{" }
      guard let end = inside.firstIndex(of: "}"), !inside[..<end].contains(where: \.isNewline)
      else { throw .malformedTemplate(template, reason: "a gap in line \(line) is never closed") }
      let words = inside[..<end].drop { $0 == " " }
      if words.first != "!" {
        let name = words.drop { "#/^& ".contains($0) }.prefix { $0 != " " }
        tags.append(Tag(mark: words.first, name: String(name), line: line))
      }
      rest = inside[end...].drop { $0 == "}" }
    }
    return tags
  }
}

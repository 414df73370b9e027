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

  /// The text with its gaps filled. `lists` holds, by name, the rows that a section repeats for.
  func render(
    values: [String: String], lists: [String: [[String: String]]]
  ) throws(ScriptError) -> String {
    let inner = lists.values.flatMap { $0 }.flatMap(\.keys)
    let known = Set(values.keys).union(lists.keys).union(inner)
    for tag in try Self.tags(in: text, template: name) where !known.contains(tag.name) {
      throw .unknownGap(tag.name, template: name, line: tag.line, known: known.sorted())
    }
    let template: MustacheTemplate
    do {
      // Scripts are plain text: nothing of HTML's is to be escaped.
      template = try MustacheTemplate(string: "{{% CONTENT_TYPE:TEXT}}" + text)
    } catch {
      throw .malformedTemplate(name, reason: "\(error)")
    }
    var context: [String: Any] = values
    for (list, rows) in lists { context[list] = rows }
    return template.render(context)
  }

  /// The names of all gaps, with the lines they stand in.
  private static func tags(
    in text: String, template: String
  ) throws(ScriptError) -> [(name: String, line: Int)] {
    var tags: [(String, Int)] = []
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
      let name = inside[..<end].drop { "#/^&{ ".contains($0) }.prefix { $0 != " " }
      if !inside.hasPrefix("!") { tags.append((String(name), line)) }
      rest = inside[end...].drop { $0 == "}" }
    }
    return tags
  }
}

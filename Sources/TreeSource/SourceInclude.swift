/// A line of a source that asks for another file.
public struct SourceInclude: Sendable, Hashable {
  /// Who looks for the file, and where first.
  public enum Kind: Sendable, Hashable {
    /// `#include "soc.dtsi"`: cpp, beside the file that says so.
    case quoted
    /// `#include <soc.h>`: cpp, in the include paths alone.
    case bracketed
    /// `/include/ "soc.dtsi"`: dtc.
    case ofCompiler
    /// `/incbin/("data.bin")`: dtc, which takes the bytes as they are.
    case binary
  }

  public let kind: Kind
  /// As it is written there.
  public let name: String
  /// Of the directive or keyword; both from 1, a column is a Unicode scalar.
  public let line: Int
  public let column: Int
}

extension SourceInclude {
  /// All in a text, in file order. A name that a macro would have to make is none.
  static func all(in source: SourceText) -> [SourceInclude] {
    var found: [SourceInclude] = []
    for (index, token) in source.tokens.enumerated() {
      let text = source.bytes[token.range]
      let named: (kind: Kind, name: String)?
      switch token.kind {
      case .directive: named = directive(String(decoding: text, as: UTF8.self))
      case .keyword where text.elementsEqual("/include/".utf8):
        named = source.string(index + 1).map { (.ofCompiler, $0) }
      case .keyword where text.elementsEqual("/incbin/".utf8):
        named = source.string(index + 2).map { (.binary, $0) }
      default: continue
      }
      // No file has such a name.
      guard let named, !named.name.isEmpty, !named.name.utf8.contains(0) else { continue }
      let start = Int(token.start)
      found.append(
        SourceInclude(
          kind: named.kind, name: named.name, line: source.line(of: start),
          column: source.column(of: start)))
    }
    return found
  }

  /// `#include "soc.dtsi"`, `# include_next <soc.h>`.
  private static func directive(_ text: String) -> (kind: Kind, name: String)? {
    let words = text.dropFirst().drop { $0 == " " || $0 == "\t" }
    guard words.hasPrefix("include"),
      let open = words.firstIndex(where: { $0 == "\"" || $0 == "<" })
    else { return nil }
    let rest = words[words.index(after: open)...]
    let isQuoted = words[open] == "\""
    guard let close = rest.firstIndex(of: isQuoted ? "\"" : ">") else { return nil }
    return (isQuoted ? .quoted : .bracketed, String(rest[..<close]))
  }
}

extension SourceText {
  /// The text between the quotes of a token; nil where it is no string.
  fileprivate func string(_ index: Int) -> String? {
    guard tokens.indices.contains(index), tokens[index].kind == .string else { return nil }
    return String(text(index).dropFirst().prefix { $0 != "\"" })
  }
}

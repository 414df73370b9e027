public import Diagnostics

/// One value of a document and the place where it stands.
///
/// It has no type of its own: `string()`, `size()`, `bool()` and so on say what is wanted, and
/// throw with line and column where something else stands.
public struct YAMLValue: Sendable, Hashable {
  enum Content: Sendable, Hashable {
    /// `plain`: without quotes, so that it may be a number, a size or a truth value as well.
    case scalar(String, plain: Bool)
    case list([YAMLValue])
    case mapping([Entry])
  }

  struct Entry: Sendable, Hashable {
    let key: String
    let keySpan: SourceSpan
    let value: YAMLValue
  }

  let content: Content
  /// Where the value begins.
  public let span: SourceSpan

  /// The values of a list.
  public func list() throws(YAMLError) -> [YAMLValue] {
    guard case .list(let items) = content else { throw wrong(wanted: "a list") }
    return items
  }

  /// A list of texts.
  public func strings() throws(YAMLError) -> [String] {
    var strings: [String] = []
    for item in try list() { strings.append(try item.string()) }
    return strings
  }

  /// Every text in here, however deep it lies, in the file's order; keys are none.
  public var texts: [String] {
    switch content {
    case .scalar(let text, _): [text]
    case .list(let items): items.flatMap(\.texts)
    case .mapping(let entries): entries.flatMap(\.value.texts)
    }
  }

  /// What stands here, for an error: ``the text `abc` ``, `a list`.
  var kind: String {
    switch content {
    case .scalar("", plain: true): "nothing"
    case .scalar(let text, let plain):
      (plain ? "`" : "the text `") + (text.count > 40 ? text.prefix(40) + "…" : text) + "`"
    case .list: "a list"
    case .mapping: "a mapping"
    }
  }

  /// The error that something else was wanted here, for types that are made of these:
  /// `throw value.wrong(wanted: "a board's name")`.
  public func wrong(wanted: String) -> YAMLError {
    .wrongValue(wanted: wanted, found: kind, at: span)
  }
}

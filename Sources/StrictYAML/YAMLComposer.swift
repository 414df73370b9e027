import Diagnostics
import Yams

/// Text to values, with the place of each. The only file that walks Yams's tree for its meaning.
struct YAMLComposer {
  let text: String
  let file: String

  func compose() throws(YAMLError) -> YAMLValue {
    let parser: Parser
    let root: Node?
    do {
      // The parser outlives its nodes: they hold their anchors weakly.
      parser = try Parser(yaml: text, resolver: .basic, encoding: .utf8)
      root = try parser.singleRoot()
    } catch {
      throw YAMLComposer.translate(error, text: text, file: file)
    }
    guard let root else { throw .empty(at: span(nil)) }
    let value = try value(of: root, depth: 0)
    if case .scalar("", plain: true) = value.content { throw .empty(at: value.span) }
    return withExtendedLifetime(parser) { value }
  }

  private func value(of node: Node, depth: Int) throws(YAMLError) -> YAMLValue {
    let span = span(node.mark)
    guard depth <= YAMLDocument.depthLimit else { throw .tooDeep(at: span) }
    if let anchor = node.anchor { throw .anchor(anchor.rawValue, at: span) }
    switch node {
    case .scalar(let scalar):
      let plain = scalar.style == .plain
      try refuseTag(scalar.tag, unless: .str, at: span)
      return YAMLValue(content: .scalar(scalar.string, plain: plain), span: span)
    case .sequence(let sequence):
      try refuseTag(sequence.tag, unless: .seq, at: span)
      var items: [YAMLValue] = []
      for item in sequence { items.append(try value(of: item, depth: depth + 1)) }
      return YAMLValue(content: .list(items), span: span)
    case .mapping(let mapping):
      try refuseTag(mapping.tag, unless: .map, at: span)
      return YAMLValue(content: .mapping(try entries(of: mapping, depth: depth + 1)), span: span)
    case .alias(let alias):
      throw .alias(alias.anchor.rawValue, at: span)
    }
  }

  private func entries(
    of mapping: Node.Mapping, depth: Int
  ) throws(YAMLError) -> [YAMLValue.Entry] {
    var entries: [YAMLValue.Entry] = []
    var places: [String: SourceSpan] = [:]
    for (key, item) in mapping {
      let key = try value(of: key, depth: depth)
      guard case .scalar(let name, _) = key.content, !name.isEmpty else {
        throw .keyIsNoText(found: key.kind, at: key.span)
      }
      // Yams takes 1 and "1" for different keys, we do not.
      if let first = places.updateValue(key.span, forKey: name) {
        throw .duplicateKey(name, at: key.span, first: first)
      }
      entries.append(
        .init(key: name, keySpan: key.span, value: try value(of: item, depth: depth)))
    }
    return entries
  }

  /// Yams gives what it compared or found in quotes the tag that restates its kind.
  private func refuseTag(
    _ tag: Tag, unless kind: Tag.Name, at span: SourceSpan
  ) throws(YAMLError) {
    let name = tag.description
    guard name == Tag.Name.implicit.rawValue || name == kind.rawValue else {
      throw .tag(name, at: span)
    }
  }

  private func span(_ mark: Mark?) -> SourceSpan { Self.span(mark, file: file) }

  private static func span(_ mark: Mark?, file: String) -> SourceSpan {
    SourceSpan(file: file, line: max(1, mark?.line ?? 1), column: max(1, mark?.column ?? 1))
  }

  private static func translate(_ error: any Error, text: String, file: String) -> YAMLError {
    switch error as? YamlError {
    case .duplicatedKeysInMapping(let keys, let context):
      let first = span(context.mark, file: file)
      // Lists and mappings can be keys to Yams, which has no name for them.
      guard let key = keys.first, text.contains(key) else {
        return .keyIsNoText(found: "a list or a mapping", at: first)
      }
      return DuplicateKeys(text: text, file: file).locate(keys)
        ?? .duplicateKey(key, at: first, first: first)
    case .composer(let context?, _, let mark, _)
    where context.text.hasPrefix("expected a single document"):
      return .severalDocuments(at: span(mark, file: file))
    case .parser(_, let problem, let mark, _) where problem.hasPrefix("Maximum nesting level"):
      return .tooDeep(at: span(mark, file: file))
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      return .syntax(
        problem, context: context.map { "\($0.text) at \($0.mark)" }, at: span(mark, file: file))
    default:
      return .syntax("\(error)", context: nil, at: span(nil, file: file))
    }
  }
}

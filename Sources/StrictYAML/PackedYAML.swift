import Diagnostics

/// A document that has been parsed, as text that is read again without the parser.
///
/// The build packs the files that the program carries, so that a start need not parse them. Every
/// value keeps its place, since what other files prove wrong is told with line and column.
///
/// ```
/// board: cubietruck            m 1 1 2                     a mapping at 1:1 with two keys
/// memory: [1GiB, "2"]          p 1 1 5 board               plain, 5 bytes
///                              p 1 8 10 cubietruck
///                              p 2 1 6 memory
///                              l 2 9 2                     a list of two
///                              p 2 10 4 1GiB
///                              q 2 16 1 2                  in quotes
/// ```
public struct PackedYAML: Sendable, Hashable {
  public let text: String

  /// For a text that `init(_:)` has made.
  public init(text: String) { self.text = text }

  public init(_ document: YAMLDocument) {
    var text = ""
    Self.write(document.root, to: &text)
    self.text = text
  }

  private static func write(_ value: YAMLValue, to text: inout String) {
    switch value.content {
    case .scalar(let string, let plain):
      write(plain ? "p" : "q", value.span, string.utf8.count, to: &text)
      text += " \(string)\n"
    case .list(let items):
      write("l", value.span, items.count, to: &text)
      text += "\n"
      for item in items { write(item, to: &text) }
    case .mapping(let entries):
      write("m", value.span, entries.count, to: &text)
      text += "\n"
      for entry in entries {
        let key = YAMLValue(content: .scalar(entry.key, plain: true), span: entry.keySpan)
        write(key, to: &text)
        write(entry.value, to: &text)
      }
    }
  }

  private static func write(
    _ kind: String, _ span: SourceSpan, _ count: Int, to text: inout String
  ) {
    text += "\(kind) \(span.line) \(span.column) \(count)"
  }
}

extension YAMLDocument {
  /// The document as it was when it was packed. `file` is the name that errors show.
  public init(_ packed: PackedYAML, file: String) throws(YAMLError) {
    var reader = PackedReader(bytes: Array(packed.text.utf8), file: file)
    guard let root = reader.value(depth: 0), reader.isAtEnd else {
      throw .syntax(
        "its packed form is damaged", context: nil, at: SourceSpan(file: file, line: 1, column: 1))
    }
    self.root = root
  }
}

/// Reads values in the order in which they were packed; nil for what nobody has packed.
private struct PackedReader {
  let bytes: [UInt8]
  let file: String
  private var offset = 0

  init(bytes: [UInt8], file: String) {
    self.bytes = bytes
    self.file = file
  }

  var isAtEnd: Bool { offset == bytes.count }

  mutating func value(depth: Int) -> YAMLValue? {
    guard depth <= YAMLDocument.depthLimit, let kind = byte(), skip(" "), let line = number(),
      skip(" "), let column = number(), skip(" "), let count = number()
    else { return nil }
    let span = SourceSpan(file: file, line: line, column: column)
    switch kind {
    case UInt8(ascii: "p"), UInt8(ascii: "q"):
      guard skip(" "), let text = text(count), skip("\n") else { return nil }
      return YAMLValue(content: .scalar(text, plain: kind == UInt8(ascii: "p")), span: span)
    case UInt8(ascii: "l"):
      guard skip("\n") else { return nil }
      var items: [YAMLValue] = []
      for _ in 0..<count {
        guard let item = value(depth: depth + 1) else { return nil }
        items.append(item)
      }
      return YAMLValue(content: .list(items), span: span)
    case UInt8(ascii: "m"):
      guard skip("\n") else { return nil }
      var entries: [YAMLValue.Entry] = []
      for _ in 0..<count {
        guard let key = value(depth: depth + 1), case .scalar(let name, _) = key.content,
          let item = value(depth: depth + 1)
        else { return nil }
        entries.append(.init(key: name, keySpan: key.span, value: item))
      }
      return YAMLValue(content: .mapping(entries), span: span)
    default: return nil
    }
  }

  private mutating func byte() -> UInt8? {
    guard offset < bytes.count else { return nil }
    offset += 1
    return bytes[offset - 1]
  }

  private mutating func skip(_ character: Unicode.Scalar) -> Bool {
    byte() == UInt8(ascii: character)
  }

  /// At most seven digits: no file of ours is longer than that.
  private mutating func number() -> Int? {
    var number: Int?
    while offset < bytes.count, case UInt8(ascii: "0")...UInt8(ascii: "9") = bytes[offset] {
      guard number ?? 0 < 1_000_000 else { return nil }
      number = (number ?? 0) * 10 + Int(bytes[offset] - UInt8(ascii: "0"))
      offset += 1
    }
    return number
  }

  private mutating func text(_ count: Int) -> String? {
    guard count <= bytes.count - offset else { return nil }
    offset += count
    return String(decoding: bytes[offset - count..<offset], as: UTF8.self)
  }
}

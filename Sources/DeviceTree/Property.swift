import Bytes

/// A property: a name and bytes whose meaning is the reader's business.
public struct Property: Sendable, Hashable {
  public var name: String
  public var value: [UInt8]

  public init(name: String, value: [UInt8]) {
    self.name = name
    self.value = value
  }
}

/// Makers, named as the value is written in source text.
extension Property {
  /// `name = <1 2 3>;`: 32-bit big-endian cells.
  public static func cells(_ name: String, _ cells: [UInt32]) -> Property {
    var value: [UInt8] = []
    for cell in cells { value.append(bigEndian: cell) }
    return Property(name: name, value: value)
  }

  /// `name = "text";`
  public static func string(_ name: String, _ text: String) -> Property {
    strings(name, [text])
  }

  /// `name = "one", "two";`: each text ends in a zero byte, so none may hold one.
  public static func strings(_ name: String, _ texts: [String]) -> Property {
    Property(name: name, value: texts.flatMap { Array($0.utf8) + [0] })
  }

  /// `name;`: a property that is true by being there.
  public static func empty(_ name: String) -> Property {
    Property(name: name, value: [])
  }
}

/// Checked views: nil where the bytes are not what the view says they are.
extension Property {
  /// The value as 32-bit big-endian cells; nil where its length is no multiple of four.
  public var cells: [UInt32]? {
    guard value.count.isMultiple(of: 4) else { return nil }
    return stride(from: 0, to: value.count, by: 4).map { offset in
      value[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }
  }

  /// The value as one text; nil where it is empty, more than one, not ended by a zero byte, or
  /// not UTF-8.
  public var string: String? {
    guard let strings, strings.count == 1 else { return nil }
    return strings.first
  }

  /// The value as a list of texts; nil where it is empty, not ended by a zero byte, or not UTF-8.
  public var strings: [String]? {
    guard value.last == 0 else { return nil }
    var strings: [String] = []
    for text in value.dropLast().split(separator: 0, omittingEmptySubsequences: false) {
      guard let string = String(validating: text, as: UTF8.self) else { return nil }
      strings.append(string)
    }
    return strings
  }
}

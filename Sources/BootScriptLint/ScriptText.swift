/// A word or a value as far as it is known before the script runs.
///
/// ```
/// setenv size 0x${filesize}     [.text("0x"), .fileSize(of: 3)]
/// load mmc ${devnum}:1 …        [.unknown("devnum"), .text(":1")]
/// ```
struct ScriptText: Sendable, Hashable {
  enum Part: Sendable, Hashable {
    case text(String)
    /// What `${filesize}` holds behind this load, by its number among the commands; nil where none
    /// has set it.
    case fileSize(of: Int?)
    /// A variable that nobody knows the value of.
    case unknown(String)
  }

  private(set) var parts: [Part] = []
  /// Bytes of text in it.
  private(set) var length = 0

  init() {}
  init(_ text: String) { add(.text(text)) }

  /// What is longer, or made of more pieces, is not known: a script could double a value a thousand times.
  static let longest = 8192
  static let mostParts = 64

  mutating func add(_ part: Part) {
    guard parts.count < Self.mostParts else { return }
    guard case .text(let text) = part else {
      parts.append(part)
      return
    }
    guard !text.isEmpty else { return }
    guard length + text.utf8.count <= Self.longest else {
      parts.append(.unknown(""))
      return
    }
    length += text.utf8.count
    if case .text(let before)? = parts.last {
      parts[parts.count - 1] = .text(before + text)
    } else {
      parts.append(part)
    }
  }

  mutating func add(_ other: ScriptText) { for part in other.parts { add(part) } }

  /// The whole of it; nil where a part is not known.
  var text: String? {
    var whole = ""
    for part in parts {
      guard case .text(let text) = part else { return nil }
      whole += text
    }
    return whole
  }

  /// What is known, with a sign that stands in no script for each part that is not.
  var outline: String {
    parts.map { if case .text(let text) = $0 { text } else { "\u{FFFD}" } }.joined()
  }

  /// The loads whose sizes are in it.
  var sizes: [Int?] { parts.compactMap { if case .fileSize(let load) = $0 { load } else { nil } } }

  /// A number as most commands read it: hexadecimal, with or without 0x.
  var hexadecimal: UInt64? { text.flatMap { UInt64(uBoot: $0) } }
}

extension UInt64 {
  /// Hexadecimal digits, with or without `0x`, and nothing else.
  init?(uBoot text: some StringProtocol) {
    let digits =
      text.hasPrefix("0x") || text.hasPrefix("0X") ? Substring(text.dropFirst(2)) : Substring(text)
    guard !digits.isEmpty, digits.allSatisfy(\.isHexDigit), digits.allSatisfy(\.isASCII) else {
      return nil
    }
    self.init(digits, radix: 16)
  }
}

/// A number as messages have it.
func hex(_ value: some BinaryInteger) -> String { "0x" + String(value, radix: 16) }

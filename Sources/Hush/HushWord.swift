/// One word of a command, as the parser leaves it: quotes and backslashes are gone, and what is to be
/// substituted is marked.
///
/// ```
///   load mmc "${devnum}:1" $addr xen
///            ─────────────
///            bytes  03 d e v n u m 03 : 1     isQuoted
/// ```
public struct HushWord: Sendable, Hashable {
  /// Stands before and behind what `$` asks for (`SPECIAL_VAR_SYMBOL`).
  public static let mark: UInt8 = 0x03

  /// What is substituted: `${name}`, `$name`, `${name:-default}` or `$?`.
  public struct Variable: Sendable, Hashable {
    /// What stands between the braces, default and all; `$?` for the return code.
    public let text: [UInt8]
    /// In the text, from the dollar sign on.
    public let range: Range<Int>
    /// Whether it stands within double quotes.
    public let isQuoted: Bool
  }

  public let bytes: [UInt8]
  /// Whether any part of it stood in quotes. Such a word is a word even if it is empty, and is put in
  /// single quotes when the command is parsed again after the substitution.
  public let isQuoted: Bool
  public let variables: [Variable]
  /// In the text, quotes and all.
  public let range: Range<Int>

  public init(bytes: [UInt8], isQuoted: Bool, variables: [Variable], range: Range<Int>) {
    self.bytes = bytes
    self.isQuoted = isQuoted
    self.variables = variables
    self.range = range
  }

  /// The word, if nothing in it is substituted.
  public var literal: [UInt8]? { variables.isEmpty ? bytes : nil }

  /// `NAME=…` (`is_assignment`): ASCII letters, digits and underscores, a letter first.
  public var assignedName: ArraySlice<UInt8>? {
    guard let equals = bytes.firstIndex(of: UInt8(ascii: "=")), let first = bytes.first,
      first.isASCIILetter, bytes[1..<equals].allSatisfy({ $0.isASCIIWordPart })
    else { return nil }
    return bytes[..<equals]
  }
}

extension UInt8 {
  var isASCIILetter: Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20)
  }
  var isASCIIWordPart: Bool {
    isASCIILetter || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self)
      || self == UInt8(ascii: "_")
  }
}

/// A word of source text, as dtc's lexer would cut it; white space is none, and comments are only
/// where somebody asks for them.
struct DTSToken: Sendable {
  enum Kind: UInt8, Sendable {
    /// A name, a number, a keyword without slashes: whatever a name may be made of.
    case word
    /// `name:`
    case label
    /// `&name` or `&{/path}`
    case reference
    case string
    case character
    /// `/delete-node/` and its like.
    case keyword
    /// One byte.
    case punctuation
    /// A line of cpp's: `#include`, `#define`, `#if` …
    case directive
    /// `# 12 "file"`, with which cpp says where the next line comes from.
    case marker
    /// With its marks.
    case comment
  }

  let start: Int32
  let end: Int32
  let kind: Kind

  var range: Range<Int> { Int(start)..<Int(end) }
}

extension DTSToken {
  /// Words between slashes; anything else between slashes is a division.
  static let keywords: [[UInt8]] = [
    "bits", "delete-node", "delete-property", "dts-v1", "incbin", "include", "memreserve",
    "omit-if-no-ref", "plugin",
  ].map { Array($0.utf8) }

  /// What may stand behind the `#` of a directive. Names of properties begin with `#` as well
  /// (`#size-cells`), so that the sign alone says nothing.
  static let directives: [[UInt8]] = [
    "assert", "define", "elif", "elifdef", "elifndef", "else", "endif", "error", "ident", "if",
    "ifdef", "ifndef", "import", "include", "include_next", "line", "pragma", "undef", "warning",
  ].map { Array($0.utf8) }
}

extension UInt8 {
  /// Whether a node's or a property's name may hold the byte. Source: dtc `dtc-lexer.l`,
  /// PROPNODECHAR.
  var isNameByte: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: ","), UInt8(ascii: "."),
      UInt8(ascii: "_"), UInt8(ascii: "+"), UInt8(ascii: "*"), UInt8(ascii: "#"),
      UInt8(ascii: "?"), UInt8(ascii: "@"), UInt8(ascii: "-"):
      true
    default: false
    }
  }

  /// Whether a label may hold the byte; the first may be no digit.
  var isLabelByte: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }

  var isLineSpace: Bool {
    switch self {
    case 0x20, 0x09, 0x0B, 0x0C, 0x0D: true
    default: false
    }
  }
}

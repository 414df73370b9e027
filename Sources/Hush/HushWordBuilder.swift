/// A word that is being read (`o_string`): its backslashes are still there, before the characters
/// that they protect.
struct HushWordBuilder {
  private var bytes: [UInt8] = []
  private var variables: [HushWord.Variable] = []
  /// Whether the reader stands within double quotes.
  var isInQuotes = false
  /// Whether a quote has been seen, which makes a word of nothing.
  var isQuoted = false
  /// Where the word begins, and where it ends so far.
  private var range: Range<Int>?
  /// Where the double quote opened that is still open.
  var openQuote: Int?

  var isEmpty: Bool { bytes.isEmpty }
  /// Neither characters nor quotes.
  var isNothing: Bool { bytes.isEmpty && !isQuoted }
  var place: Range<Int> { range ?? 0..<0 }

  /// Takes note of text that belongs to the word.
  mutating func cover(_ start: Int, _ end: Int) {
    range = min(range?.lowerBound ?? start, start)..<max(range?.upperBound ?? end, end)
  }

  /// `b_addchr`
  mutating func add(_ byte: UInt8) { bytes.append(byte) }

  /// `b_addqchr`: within double quotes, what a glob would take for its own is protected.
  mutating func addProtected(_ byte: UInt8) {
    if isInQuotes, Self.globSigns.contains(byte) { bytes.append(UInt8(ascii: "\\")) }
    bytes.append(byte)
  }

  private static let globSigns = Array("*?[\\".utf8)

  mutating func add(variable text: [UInt8], range: Range<Int>) {
    bytes.append(HushWord.mark)
    bytes += text
    bytes.append(HushWord.mark)
    variables.append(HushWord.Variable(text: text, range: range, isQuoted: isInQuotes))
  }

  /// What the word is compared with when it may be one of a control structure: as read, since the
  /// shell looks before it takes the backslashes out.
  var asRead: [UInt8] { bytes }

  /// The finished word, each backslash gone with what it protects left.
  func word() -> HushWord {
    var plain: [UInt8] = []
    plain.reserveCapacity(bytes.count)
    var isProtected = false
    for byte in bytes {
      if !isProtected, byte == UInt8(ascii: "\\") {
        isProtected = true
        continue
      }
      plain.append(byte)
      isProtected = false
    }
    return HushWord(bytes: plain, isQuoted: isQuoted, variables: variables, range: place)
  }

  /// Begins the next word. Whether quotes are open stays as it is.
  mutating func reset() {
    bytes = []
    variables = []
    isQuoted = false
    range = nil
  }
}

/// The parser's loop (`parse_stream_outer`, `parse_stream`, `done_word`, `reserved_word`).
struct HushReader: Sendable {
  private let text: [UInt8]
  private let purpose: HushParser.Purpose
  private var position = 0
  private var isAtEnd = false
  private var word = HushWordBuilder()
  private var context = HushContext()
  private var stack: [HushContext] = []
  private var complaints: [HushFault] = []

  /// The shell appends a line's end to whatever is more, or less, than one whole line.
  init(_ text: [UInt8], for purpose: HushParser.Purpose) {
    var text = Array(text.prefix { $0 != 0 })
    if let newline = text.firstIndex(of: 0x0A), newline == text.count - 1 {
    } else if !text.isEmpty {
      text.append(0x0A)
    }
    self.text = text
    self.purpose = purpose
    isAtEnd = text.isEmpty
  }

  mutating func next() -> HushParser.Step? {
    guard !isAtEnd else { return nil }
    let start = position
    context = HushContext()
    stack = []
    complaints = []
    do throws(HushFault) {
      let isWhole = try readList()
      if !isWhole || position >= text.count { isAtEnd = true }
      if let opening = context.opening {
        throw HushFault(kind: .openGroup(opening.mode), range: opening.range)
      }
      try endWord()
      context.endPipeline(.sequence)
      let list = HushList(
        pipelines: context.pipelines, range: start..<position, openQuote: word.openQuote,
        complaints: complaints)
      word = HushWordBuilder()
      return .list(list)
    } catch {
      isAtEnd = true
      return .fault(error)
    }
  }

  /// Reads up to the end of a list; false at the end of the text.
  private mutating func readList() throws(HushFault) -> Bool {
    while position < text.count {
      let start = position
      let byte = text[position]
      position += 1
      let kind = kind(of: byte)
      if kind == .ordinary || (word.isInQuotes && kind != .special) {
        word.cover(start, position)
        word.addProtected(byte)
        continue
      }
      if kind == .blank {
        try endWord()
        if byte == 0x0A { context.endPipeline(.sequence) }
        if byte == 0x0A, purpose != .variable, context.mode == .none { return true }
        continue
      }
      try readSign(byte, at: start)
    }
    return false
  }

  private enum Kind { case ordinary, blank, separator, special }

  private func kind(of byte: UInt8) -> Kind {
    switch byte {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), 0x0A: .blank
    case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""), Self.substituted: .special
    case UInt8(ascii: "$"): purpose == .reparse ? .ordinary : .special
    case UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|"):
      purpose == .reparse ? .ordinary : .separator
    case UInt8(ascii: "#"): .separator
    default: .ordinary
    }
  }

  /// Encloses a value that is to be taken as it is (`SUBSTED_VAR_SYMBOL`), when `HUSH_NO_EVAL` is set.
  private static let substituted: UInt8 = 0x04

  private mutating func readSign(_ byte: UInt8, at start: Int) throws(HushFault) {
    switch byte {
    case UInt8(ascii: "#"):
      if word.isEmpty {
        while position < text.count, text[position] != 0x0A { position += 1 }
      } else {
        word.cover(start, position)
        word.addProtected(byte)
      }
    case UInt8(ascii: "\\"):
      guard position < text.count else { return }
      word.addProtected(byte)
      word.addProtected(text[position])
      position += 1
      word.cover(start, position)
    case UInt8(ascii: "$"):
      try readVariable(at: start)
      word.cover(start, position)
    case UInt8(ascii: "'"), Self.substituted:
      word.isQuoted = true
      guard let end = text[position...].firstIndex(of: byte) else {
        throw HushFault(kind: .openSingleQuote, range: start..<position)
      }
      for byte in text[position..<end] { word.add(byte) }
      position = end + 1
      word.cover(start, position)
    case UInt8(ascii: "\""):
      word.isQuoted = true
      word.isInQuotes.toggle()
      word.openQuote = word.isInQuotes ? start : nil
      word.cover(start, position)
    case UInt8(ascii: ";"):
      endWordRegardless()
      context.endPipeline(.sequence)
    default:
      endWordRegardless()
      guard position < text.count, text[position] == byte else {
        throw HushFault(kind: .singleOperator(byte), range: start..<position)
      }
      position += 1
      context.endPipeline(byte == UInt8(ascii: "&") ? .and : .or)
    }
  }

  /// `handle_dollar`, behind the dollar sign.
  private mutating func readVariable(at start: Int) throws(HushFault) {
    guard position < text.count else { return word.addProtected(UInt8(ascii: "$")) }
    let first = text[position]
    if first.isASCIILetter {
      let end = text[position...].firstIndex { !$0.isASCIIWordPart } ?? text.count
      word.add(variable: Array(text[position..<end]), range: start..<end)
      position = end
    } else if first == UInt8(ascii: "?") {
      position += 1
      word.add(variable: Array("$?".utf8), range: start..<position)
    } else if first == UInt8(ascii: "{") {
      guard let end = text[position...].firstIndex(of: UInt8(ascii: "}")) else {
        throw HushFault(kind: .openBrace, range: start..<(position + 1))
      }
      word.add(variable: Array(text[(position + 1)..<end]), range: start..<(end + 1))
      position = end + 1
    } else {
      word.addProtected(UInt8(ascii: "$"))
    }
  }

  /// Before these signs the shell does not look whether it refused the word: it goes on, and a word
  /// that was refused stays where it is.
  private mutating func endWordRegardless() {
    do throws(HushFault) { try endWord() } catch { complaints.append(error) }
  }

  /// `done_word`
  private mutating func endWord() throws(HushFault) {
    guard !word.isNothing else { return }
    if context.hasGroup { throw HushFault(kind: .wordsBehindGroup, range: word.place) }
    if !context.hasWords, purpose != .reparse, let mode = HushMode(keyword: word.asRead) {
      let place = word.place
      word.reset()
      return try enter(mode, at: place)
    }
    context.add(word.word())
    word.reset()
    // A loop's variable is one word.
    if context.mode == .for { context.endPipeline(.sequence) }
  }

  /// `reserved_word`
  private mutating func enter(_ mode: HushMode, at place: Range<Int>) throws(HushFault) {
    if mode.opens {
      guard context.mode != .in, context.mode != .for else {
        context.mode = .broken
        throw HushFault(kind: .misplaced(mode), range: place)
      }
      guard stack.count < HushParser.deepest else {
        throw HushFault(kind: .tooDeep, range: place)
      }
      stack.append(context)
      context = HushContext()
      context.opening = (mode, place)
    } else if context.mode == .none || !context.followers.contains(mode) {
      context.mode = .broken
      throw HushFault(kind: .misplaced(mode), range: place)
    }
    context.mode = mode
    context.followers = mode.followers
    guard mode.closes, var outer = stack.popLast() else { return }
    context.endPipeline(.sequence)
    let start = context.opening?.range.lowerBound ?? place.lowerBound
    outer.set(group: context.pipelines, range: start..<place.upperBound)
    context = outer
  }
}

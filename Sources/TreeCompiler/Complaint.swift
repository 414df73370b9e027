/// A line in which dtc finds fault, by its parts.
///
/// ```
/// board.dts:4.7-11: ERROR (duplicate_label): /b: Duplicate label 'l' on /b and /a
/// Error: board.dts:3.10-11 syntax error
/// Lexical error: board.dts:2.10-30 Unexpected 'FOO'
/// FATAL ERROR: Couldn't open "soc.dtsi": No such file or directory
/// ```
///
/// Source: dtc `checks.c` check_msg, `srcpos.c` srcpos_string, `util.c` die.
struct Complaint {
  /// Nil where dtc cannot read the text.
  var check: Substring?
  var place: DTCPlace?
  /// `/soc/serial@1c28000`, `/soc:ranges`; nil where the message is not about a node.
  var node: Substring?
  var property: Substring?
  var message: Substring
  /// dtc gave up for this, but has mostly said something better before.
  var isFatal = false

  /// Nil where the line is none of these.
  init?(_ line: Substring) {
    if let (start, rest) = line.cut(at: ": ERROR (") ?? line.cut(at: ": Warning ("),
      let (check, text) = rest.cut(at: "): ")
    {
      self.check = check
      place = DTCPlace(start)
      message = text
      if text.hasPrefix("/"), let (target, text) = text.cut(at: ": ") {
        message = text
        (node, property) = (target, nil)
        if let (path, name) = target.cut(at: ":") { (node, property) = (path, name) }
      }
      return
    }
    for prefix in ["Error: ", "Lexical error: "] where line.hasPrefix(prefix) {
      let text = line.dropFirst(prefix.count)
      guard let (place, message) = DTCPlace.split(text) else { continue }
      self.place = place
      self.message = message
      return
    }
    guard line.hasPrefix("FATAL ERROR: ") else { return nil }
    message = line.dropFirst("FATAL ERROR: ".count)
    isFatal = true
  }

  /// Complaints of which there is an end: of a source that is wrong in ten thousand places the
  /// first thousand will do.
  static let most = 1000

  /// The complaints among the lines that `isWanted` lets through.
  static func all(in text: String, where isWanted: (Complaint) -> Bool) -> [Complaint] {
    var found: [Complaint] = []
    for line in text.split(separator: "\n") where found.count < most {
      if let complaint = Complaint(line), isWanted(complaint) { found.append(complaint) }
    }
    return found
  }
}

/// `board.dts:4.7-5.3`, `board.dts:4.7-11` or `board.dts:4.7`: lines and columns from 1, columns
/// are bytes of what dtc read.
struct DTCPlace: Hashable {
  let file: String
  let line: Int
  let column: Int
  let endLine: Int
  let endColumn: Int

  /// The whole text has to be a place.
  init?(_ text: Substring) {
    guard let colon = text.lastIndex(of: ":") else { return nil }
    let ends = text[text.index(after: colon)...].split(
      separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
    func numbers(_ text: Substring) -> [Int]? {
      let numbers = text.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
      return numbers.contains(nil) ? nil : numbers.compactMap(\.self)
    }
    guard let first = ends.first.flatMap(numbers), first.count == 2,
      let last = ends.last.flatMap(numbers), (1...2).contains(last.count)
    else { return nil }
    file = String(text[..<colon])
    (line, column) = (first[0], first[1])
    (endLine, endColumn) = last.count == 2 ? (last[0], last[1]) : (first[0], last[0])
  }

  /// A place at the text's start, and what stands behind the space that ends it. A file's name may
  /// have spaces as well.
  static func split(_ text: Substring) -> (place: DTCPlace, rest: Substring)? {
    for space in text.indices where text[space] == " " {
      if let place = DTCPlace(text[..<space]) {
        return (place, text[text.index(after: space)...])
      }
    }
    return nil
  }
}

extension Substring {
  /// What stands before and behind the first such text.
  func cut(at text: StaticString) -> (before: Substring, after: Substring)? {
    let wanted = Array("\(text)".utf8)
    let bytes = Array(utf8)
    guard bytes.count >= wanted.count else { return nil }
    for start in 0...bytes.count - wanted.count
    where bytes[start] == wanted[0] && bytes[start..<start + wanted.count].elementsEqual(wanted) {
      let from = utf8.index(utf8.startIndex, offsetBy: start)
      return (self[..<from], self[utf8.index(from, offsetBy: wanted.count)...])
    }
    return nil
  }
}

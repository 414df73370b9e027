/// Places, which stand in comments.
extension AnnotatedSource {
  private static let nowhere = Array("<no-file>:<no-line>".utf8)
  private static let opening = Array(" /* ".utf8)
  private static let closing = Array(" */".utf8)

  /// The places in ` /* file:1:2-3:4, file:5:6-7:8 */`. A file's name may hold anything; what ends
  /// it is a place and what follows one.
  mutating func places(_ range: Range<Int>) -> [Place] {
    guard range.count >= Self.opening.count + Self.closing.count,
      text[range].starts(with: Self.opening),
      text[range].suffix(Self.closing.count).elementsEqual(Self.closing)
    else { return [] }
    let end = range.upperBound - Self.closing.count
    var found: [Place] = []
    var cursor = range.lowerBound + Self.opening.count
    var start = cursor
    while cursor < end {
      if cursor == start, text[cursor..<end].starts(with: Self.nowhere) {
        cursor += Self.nowhere.count + 2
        start = cursor
      } else if text[cursor] == UInt8(ascii: ":"), let (numbers, next) = numbers(cursor..<end) {
        found.append(
          Place(
            file: number(of: text[start..<cursor]), line: numbers[0], column: numbers[1],
            endLine: numbers[2], endColumn: numbers[3]))
        cursor = next
        start = next
      } else {
        cursor += 1
      }
    }
    return found
  }

  /// The numbers of `:1:2-3:4`, where a comma or the end follows, and where the next place begins.
  private func numbers(_ range: Range<Int>) -> ([Int], next: Int)? {
    var index = range.lowerBound
    var numbers: [Int] = []
    for separator in "::-:".utf8 {
      guard index < range.upperBound, text[index] == separator else { return nil }
      index += 1
      let first = index
      var number = 0
      while index < range.upperBound, text[index].isDigit, index - first < 9 {
        number = number &* 10 &+ Int(text[index] &- UInt8(ascii: "0"))
        index += 1
      }
      guard index > first else { return nil }
      numbers.append(number)
    }
    if index == range.upperBound { return (numbers, index) }
    return text[index..<range.upperBound].starts(with: ", ".utf8) ? (numbers, index + 2) : nil
  }

  private mutating func number(of file: ArraySlice<UInt8>) -> Int {
    if let number = fileNumbers[file] { return number }
    let number = files.count
    files.append(String(decoding: file, as: UTF8.self))
    fileNumbers[file] = number
    return number
  }
}

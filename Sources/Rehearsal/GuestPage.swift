/// A page of the board's RAM: a part of what was written at once, most often of a file. What lies before
/// those bytes or behind them is zero.
///
/// ```
///   page 0x4200               page 0x4201               page 0x4202
///   |        |################|#########################|#########|            |
///            bytes of one write, which all three pages share
///   start < 0                 start                     start
/// ```
struct GuestPage: Sendable {
  /// The number of the write.
  var write: Int
  var bytes: [UInt8]
  /// Where the page begins in these bytes; negative where they begin in the page.
  var start: Int

  /// Appends what lies in a range of the page.
  func append(_ range: Range<Int>, to result: inout [UInt8]) {
    let wanted = (range.lowerBound + start)..<(range.upperBound + start)
    let there = wanted.clamped(to: 0..<bytes.count)
    guard !there.isEmpty else {
      result.append(contentsOf: repeatElement(0, count: range.count))
      return
    }
    result.append(contentsOf: repeatElement(0, count: there.lowerBound - wanted.lowerBound))
    result += bytes[there]
    result.append(contentsOf: repeatElement(0, count: wanted.upperBound - there.upperBound))
  }

  /// Writes over a part of the page, which has its bytes for itself from then on.
  mutating func overwrite(
    _ range: Range<Int>, with part: ArraySlice<UInt8>, pageSize: Int, write: Int
  ) {
    if start != 0 || bytes.count != pageSize {
      var own: [UInt8] = []
      own.reserveCapacity(pageSize)
      append(0..<pageSize, to: &own)
      (bytes, start) = (own, 0)
    }
    bytes.replaceSubrange(range, with: part)
    self.write = write
  }
}

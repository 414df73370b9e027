/// Variables as text, as `env import -t` takes them (`himport_r` in `lib/hashtable.c`): uEnv.txt and
/// files like it.
///
/// ```
/// # a comment
/// kernel=zImage
/// args=console=ttyS0,115200 quiet   # no comment: part of the value
/// unwanted=                         deletes the variable, and so does a line without `=`
/// ```
public struct EnvironmentText: Sendable, Hashable {
  public struct Entry: Sendable, Hashable {
    /// Up to the first equals sign, blanks before it and all.
    public let name: [UInt8]
    /// Backslashes are gone, with the next character left. Nil deletes the variable.
    public let value: [UInt8]?
    /// Where the entry stands in the text.
    public let range: Range<Int>
    /// Where the value stands as written; empty for a deletion.
    public let valueRange: Range<Int>
  }

  /// In file order.
  public let entries: [Entry]
  /// Where reading ended early: a value without a name, which makes the import fail.
  public let namelessEntry: Range<Int>?
  /// Whether carriage returns before line ends were dropped (`-r`).
  public let dropsCarriageReturns: Bool

  /// - Parameters:
  ///   - text: NULs separate too, and two of them end it.
  ///   - separator: a line's end (`-t`), or NUL (`-b`, `-c`).
  public init(
    _ text: [UInt8], separator: UInt8 = 0x0A, droppingCarriageReturns: Bool = false
  ) {
    var reader = EnvironmentReader(
      text, separator: separator, droppingCarriageReturns: droppingCarriageReturns)
    reader.read()
    entries = reader.entries
    namelessEntry = reader.namelessEntry
    dropsCarriageReturns = droppingCarriageReturns
  }
}

/// The loop of the import.
private struct EnvironmentReader {
  /// The bytes that are read, and where each stands in the text.
  private var bytes: [UInt8] = []
  private var places: [Int] = []
  private let separator: UInt8
  private var position = 0
  var entries: [EnvironmentText.Entry] = []
  var namelessEntry: Range<Int>?

  init(_ text: [UInt8], separator: UInt8, droppingCarriageReturns: Bool) {
    self.separator = separator
    bytes.reserveCapacity(text.count + 1)
    for (index, byte) in text.enumerated() {
      let isReturn = byte == 0x0D && index + 1 < text.count && text[index + 1] == 0x0A
      if droppingCarriageReturns, isReturn { continue }
      bytes.append(byte)
      places.append(index)
    }
    places.append(text.count)
  }

  /// The byte at an index; 0 behind the end, as U-Boot puts one there.
  private func byte(_ index: Int) -> UInt8 { index < bytes.count ? bytes[index] : 0 }

  private func place(_ index: Int) -> Int { places[min(index, places.count - 1)] }

  mutating func read() {
    guard !bytes.isEmpty else { return }
    repeat { if !readEntry() { return } } while position < bytes.count && byte(position) != 0
  }

  private mutating func skip(to isEnd: (UInt8) -> Bool) {
    while position < bytes.count, !isEnd(byte(position)) { position += 1 }
  }

  /// False where the import fails.
  private mutating func readEntry() -> Bool {
    while byte(position) == UInt8(ascii: " ") || byte(position) == UInt8(ascii: "\t") {
      position += 1
    }
    let separator = separator
    if byte(position) == UInt8(ascii: "#") {
      skip { $0 == 0 || $0 == separator }
      position += 1
      return true
    }
    let start = position
    skip { $0 == UInt8(ascii: "=") || $0 == 0 || $0 == separator }
    let name = Array(bytes[min(start, bytes.count)..<min(position, bytes.count)])
    let sign = byte(position)
    let next = byte(position + 1)
    if sign == 0 || next == 0 || sign == separator || next == separator {
      if sign == UInt8(ascii: "=") { position += 1 }
      let range = place(start)..<place(position)
      position += 1
      entries.append(
        EnvironmentText.Entry(
          name: name, value: nil, range: range, valueRange: range.upperBound..<range.upperBound))
      return true
    }
    position += 1
    let valueStart = position
    var value: [UInt8] = []
    while byte(position) != 0, byte(position) != separator {
      if byte(position) == UInt8(ascii: "\\"), byte(position + 1) != 0 { position += 1 }
      value.append(byte(position))
      position += 1
    }
    let range = place(start)..<place(position)
    let valueRange = place(valueStart)..<place(position)
    position += 1
    guard !name.isEmpty else {
      namelessEntry = range
      return false
    }
    entries.append(
      EnvironmentText.Entry(name: name, value: value, range: range, valueRange: valueRange))
    return true
  }
}

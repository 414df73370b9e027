import Diagnostics
public import Measures

extension YAMLValue {
  /// A text, quoted or not. Nothing at all is no text; `""` is an empty one.
  public func string() throws(YAMLError) -> String {
    guard case .scalar(let text, let plain) = content, !(plain && text.isEmpty) else {
      throw wrong(wanted: "a text")
    }
    return text
  }

  /// `true` or `false`, and nothing that merely looks like it.
  public func bool() throws(YAMLError) -> Bool {
    switch content {
    case .scalar("true", plain: true): return true
    case .scalar("false", plain: true): return false
    default: throw wrong(wanted: "`true` or `false`")
    }
  }

  /// A number: `4096`, `0x1000`, `0x4000_0000`. A leading zero is refused, since half the world
  /// reads it as octal.
  public func unsigned() throws(YAMLError) -> UInt64 {
    guard let number else { throw wrong(wanted: "a number such as 4096 or 0x1000") }
    return number
  }

  /// A number that fits `range`, for counts such as a number of cores.
  public func integer(in range: ClosedRange<Int>) throws(YAMLError) -> Int {
    guard let number, let integer = Int(exactly: number), range.contains(integer) else {
      throw wrong(wanted: "a number from \(range.lowerBound) to \(range.upperBound)")
    }
    return integer
  }

  /// An address in bytes: `0x4200_0000`.
  public func address() throws(YAMLError) -> Address {
    guard let number else { throw wrong(wanted: "an address such as 0x4200_0000") }
    return Address(number)
  }

  /// A size in bytes: `64MiB`, `8KiB`, `0x1000`, `512`.
  public func size() throws(YAMLError) -> ByteCount {
    if let number { return ByteCount(number) }
    guard case .scalar(let text, plain: true) = content, !text.hasPrefix("0"),
      let size = ByteCount(text)
    else { throw wrong(wanted: "a size such as 64MiB or 0x1000") }
    return size
  }

  /// One of an enum's raw values.
  public func oneOf<Choice>(_ type: Choice.Type = Choice.self) throws(YAMLError) -> Choice
  where Choice: RawRepresentable<String> & CaseIterable {
    let choices = Choice.allCases.map(\.rawValue)
    guard case .scalar(let text, _) = content, !text.isEmpty else {
      throw wrong(wanted: "one of \(choices.map { "`\($0)`" }.joined(separator: ", "))")
    }
    guard let choice = Choice(rawValue: text) else {
      throw .notAChoice(
        text, choices: choices, nearest: Spelling.nearest(to: text, among: choices), at: span)
    }
    return choice
  }

  /// Read from the scalar's own text, so that YAML's ideas of octal, base 60 and truth never count.
  private var number: UInt64? {
    guard case .scalar(let text, plain: true) = content else { return nil }
    let isHexadecimal = text.utf8.starts(with: "0x".utf8)
    let digits = text.utf8.dropFirst(isHexadecimal ? 2 : 0)
    let underscore = UInt8(ascii: "_")
    guard let first = digits.first, first != underscore, digits.last != underscore else {
      return nil
    }
    guard isHexadecimal || first != UInt8(ascii: "0") || digits.count == 1 else { return nil }
    let radix: UInt64 = isHexadecimal ? 16 : 10
    var number: UInt64 = 0
    for byte in digits where byte != underscore {
      guard let digit = Self.digit(byte), digit < radix else { return nil }
      let (shifted, tooLarge) = number.multipliedReportingOverflow(by: radix)
      let (sum, overflow) = shifted.addingReportingOverflow(digit)
      guard !tooLarge, !overflow else { return nil }
      number = sum
    }
    return number
  }

  private static func digit(_ byte: UInt8) -> UInt64? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(byte - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(byte - UInt8(ascii: "A") + 10)
    default: nil
    }
  }
}

/// A sum for a shell, whose answer shows that a shell reads the line and works.
///
/// The line typed comes back as an echo, but the product has at least six digits and each factor
/// three, so the echo cannot hold the answer. The answer counts only as a line of its own.
public struct ShellQuestion: Sendable {
  /// The keys to type, with the line's end.
  public let keys: [UInt8]
  /// Whether the answer has come.
  public private(set) var isAnswered = false
  private let answer: [UInt8]
  /// How much of the answer this line holds so far; nil where the line is something else.
  private var matched: Int? = 0

  /// A question with factors drawn from `generator`.
  public init(using generator: inout some RandomNumberGenerator) {
    let left = Int.random(in: 317...999, using: &generator)
    let right = Int.random(in: 317...999, using: &generator)
    self.keys = Array("echo $((\(left)*\(right)))\n".utf8)
    self.answer = Array(String(left * right).utf8)
  }

  /// Takes in the next bytes of the serial line, split anywhere; whether the answer has come.
  public mutating func consume(_ bytes: Span<UInt8>) -> Bool {
    for index in bytes.indices where !isAnswered { consume(bytes[index]) }
    return isAnswered
  }

  private mutating func consume(_ byte: UInt8) {
    if SerialByte.endsLine(byte) {
      isAnswered = matched == answer.count
      matched = 0
    } else if let count = matched, count < answer.count, answer[count] == byte {
      matched = count + 1
    } else {
      matched = nil
    }
  }
}

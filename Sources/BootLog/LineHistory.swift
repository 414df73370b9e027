/// The last lines of a stream of bytes. Empty lines are not kept; a line longer than `lineLimit`
/// bytes is cut into several, so that binary noise cannot fill the memory.
public struct LineHistory: Sendable {
  private let count: Int
  private let lineLimit: Int
  private var lines: [[UInt8]] = []
  private var current: [UInt8] = []
  /// The first line that began with `ctboot: STOPPED: `, without that beginning: the boot script's
  /// own word on why it gave up.
  public private(set) var scriptStop: String?

  /// Keeps `count` lines of at most `lineLimit` bytes each.
  public init(count: Int = 20, lineLimit: Int = 4096) {
    self.count = max(1, count)
    self.lineLimit = max(1, lineLimit)
  }

  /// Takes in the next bytes, split anywhere.
  public mutating func consume(_ bytes: Span<UInt8>) {
    for index in bytes.indices { consume(bytes[index]) }
  }

  mutating func consume(_ byte: UInt8) {
    if SerialByte.endsLine(byte) { return endLine() }
    current.append(byte)
    if current.count >= lineLimit { endLine() }
  }

  private mutating func endLine() {
    guard !current.isEmpty else { return }
    if scriptStop == nil, current.starts(with: Self.stopMark) {
      scriptStop = Self.printable(Array(current.dropFirst(Self.stopMark.count)))
    }
    if lines.count == count { lines.removeFirst() }
    lines.append(current)
    current.removeAll(keepingCapacity: true)
  }

  /// The lines in their order, the unfinished one last, fit for a terminal: control characters
  /// are written as `\x1b`.
  public var text: [String] {
    let all = current.isEmpty ? lines : lines + [current]
    return all.suffix(count).map(Self.printable)
  }

  /// What Templates/xen.cmd prints before the reason.
  private static let stopMark = Array("ctboot: STOPPED: ".utf8)

  private static func printable(_ line: [UInt8]) -> String {
    var text = ""
    for scalar in String(decoding: line, as: UTF8.self).unicodeScalars {
      let value = scalar.value
      if scalar != "\t", value < 0x20 || (0x7F..<0xA0).contains(value) {
        text += (value < 0x10 ? "\\x0" : "\\x") + String(value, radix: 16)
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}

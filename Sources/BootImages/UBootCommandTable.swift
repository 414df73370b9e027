import Bytes

/// The commands that a U-Boot was built with, as its table of them lies in the program (`struct cmd_tbl`
/// in `include/command.h`; the linker puts all entries side by side).
///
/// ```
///   | name * | maxargs | repeat | cmd * | usage * | help * | complete * | name * | maxargs | ...
///     words of 32 bits, little-endian; addresses are those that the program is linked for;
///     help is there with CONFIG_SYS_LONGHELP, complete with CONFIG_AUTO_COMPLETE
/// ```
public struct UBootCommandTable: Sendable, Hashable {
  /// In the order of the program, which is by name but for `?`.
  public let names: [String]

  /// Families have tables of their commands' second words, and those are shorter.
  private static let least = 24
  /// Words of an entry: with help and completion, with one of both, with none.
  private static let strides = [28, 24, 20]

  /// The longest table in a program; nil where there is none.
  ///
  /// - Parameters:
  ///   - program: U-Boot itself, without what stands before it on a card.
  ///   - base: the address that its first byte is linked for.
  public init?(searching program: RawSpan, linkedFor base: UInt32) {
    var longest: [String] = []
    for stride in Self.strides {
      var offset = 0
      while offset + stride <= program.byteCount {
        guard Self.mayBegin(at: offset, in: program) else {
          offset += 4
          continue
        }
        let names = Self.run(in: program, from: offset, stride: stride, base: base)
        if names.count > longest.count { longest = names }
        offset += names.isEmpty ? 4 : names.count * stride
      }
      if longest.count >= Self.least { break }
    }
    guard longest.count >= Self.least else { return nil }
    names = longest
  }

  /// The names of the entries that follow each other from `start` on.
  private static func run(
    in program: RawSpan, from start: Int, stride: Int, base: UInt32
  ) -> [String] {
    var names: [String] = []
    var offset = start
    while let name = name(in: program, of: offset, stride: stride, base: base) {
      names.append(name)
      offset += stride
    }
    return names
  }

  /// Whether a count of arguments stands where an entry has it: few words of a program are as small.
  private static func mayBegin(at entry: Int, in program: RawSpan) -> Bool {
    guard let arguments = try? program.littleEndianUInt32(at: entry + 4) else { return false }
    return arguments != 0 && arguments <= 0xFFFF
  }

  private static func name(
    in program: RawSpan, of entry: Int, stride: Int, base: UInt32
  ) -> String? {
    guard entry + stride <= program.byteCount, mayBegin(at: entry, in: program),
      let name = text(in: program, at: entry, base: base, limit: 32), !name.isEmpty,
      name.utf8.allSatisfy(isOfName),
      text(in: program, at: entry + 16, base: base, limit: 160) != nil
    else { return nil }
    return name
  }

  /// The text that a word of the program points to, NUL at its end.
  private static func text(
    in program: RawSpan, at offset: Int, base: UInt32, limit: Int
  ) -> String? {
    guard let address = try? program.littleEndianUInt32(at: offset), address >= base,
      Int(address - base) < program.byteCount
    else { return nil }
    let start = Int(address - base)
    var end = start
    while end - start < limit, let byte = try? program.byte(at: end), byte != 0 {
      guard (0x20...0x7E).contains(byte) || byte == 0x0A || byte == 0x09 else { return nil }
      end += 1
    }
    guard let last = try? program.byte(at: end), last == 0 || end - start == limit else {
      return nil
    }
    return String(decoding: program.copied(start..<end), as: UTF8.self)
  }

  private static func isOfName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "?"):
      true
    default: false
    }
  }
}

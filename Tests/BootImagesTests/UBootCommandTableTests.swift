import BootImages
import SeededGenerator
import Testing

@Suite struct UBootCommandTableTests {
  /// A program: texts at its start, then the table with its pointers to them.
  private static func program(
    _ names: [String], stride: Int = 28, base: UInt32 = 0x4A00_0000
  ) -> [UInt8] {
    var bytes = Array("some code".utf8) + [0]
    let usage = UInt32(bytes.count)
    bytes += Array("does something".utf8) + [0]
    var offsets: [UInt32] = []
    for name in names {
      offsets.append(UInt32(bytes.count))
      bytes += Array(name.utf8) + [0]
    }
    while bytes.count % 4 != 0 { bytes.append(0xFF) }
    for offset in offsets {
      let words = [base &+ offset, 5, 1, base &+ 4, base &+ usage, base &+ usage, 0]
      for word in words.prefix(stride / 4) {
        bytes += (0..<4).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) }
      }
    }
    return bytes + [1, 2, 3]
  }

  private static let names = (0..<30).map { "command\($0)" } + ["?", "bootz"]

  @Test(arguments: [20, 24, 28]) func isFoundByItsShape(stride: Int) {
    let bytes = Self.program(Self.names, stride: stride)
    let table = UBootCommandTable(searching: bytes.span.bytes, linkedFor: 0x4A00_0000)
    #expect(table?.names == Self.names)
  }

  @Test func elsewhereItIsNone() {
    let bytes = Self.program(Self.names)
    let elsewhere = UBootCommandTable(searching: bytes.span.bytes, linkedFor: 0x4200_0000)
    #expect(elsewhere == nil)
    let few = Self.program(Array(Self.names.prefix(10)))
    let short = UBootCommandTable(searching: few.span.bytes, linkedFor: 0x4A00_0000)
    #expect(short == nil)
    let nothing: [UInt8] = []
    let none = UBootCommandTable(searching: nothing.span.bytes, linkedFor: 0)
    #expect(none == nil)
  }

  /// Whatever is damaged, it ends without a trap.
  @Test(arguments: 0..<20) func anyBytesAreRead(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var bytes = Self.program(Self.names, base: seed % 2 == 0 ? 0xFFFF_FF00 : 0)
    for _ in 0..<200 {
      bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(
        in: 0...255, using: &generator)
    }
    let damaged = bytes
    for base: UInt32 in [0, 0x4A00_0000, 0xFFFF_FF00, .max] {
      let table = UBootCommandTable(searching: damaged.span.bytes, linkedFor: base)
      #expect(table.map { $0.names.allSatisfy { !$0.isEmpty } } ?? true)
    }
  }
}

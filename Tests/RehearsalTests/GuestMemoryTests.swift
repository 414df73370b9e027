import Measures
import Rehearsal
import SeededGenerator
import Testing

/// RAM is what was written to it last, however its pages keep it.
@Suite struct GuestMemoryTests {
  private static let start: UInt64 = 0x4000_0000
  private static let size = 5 << 16

  /// Longer than all RAM, by a period that is no multiple of a page's.
  private static let pattern = (0..<(size + 251)).map { UInt8($0 % 251) }

  private static func memory() throws -> GuestMemory {
    let bank = try #require(AddressRange(start: Address(start), size: ByteCount(size)))
    return GuestMemory(banks: [bank])
  }

  /// Beside an array of the same size: long writes, short ones, fills, and ones that are read back with
  /// the bounds that they were written with.
  @Test(arguments: [UInt64](1...10))
  func readsWhatWasWrittenLast(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var memory = try Self.memory()
    var bytes = [UInt8](repeating: 0, count: Self.size)
    func range() -> Range<Int> {
      let longest = [16, 70_000, Self.size].randomElement(using: &random) ?? 1
      let count = Int.random(in: 0...longest, using: &random)
      var first = Int.random(in: 0...(Self.size - count), using: &random)
      // Files are loaded to even addresses.
      if Bool.random(using: &random) { first &= ~0xFFFF }
      return first..<(first + count)
    }
    func expectSame(_ range: Range<Int>) throws {
      let read = try memory.read(range.count, at: Self.start + UInt64(range.lowerBound))
      #expect(read == Array(bytes[range]), "seed \(seed): \(range)")
    }
    for _ in 0..<40 {
      let range = range()
      let address = Self.start + UInt64(range.lowerBound)
      if Int.random(in: 0..<5, using: &random) == 0 {
        let item = UInt8.random(in: 0...255, using: &random)
        try memory.fill([item], count: range.count, at: address)
        bytes.replaceSubrange(range, with: repeatElement(item, count: range.count))
      } else {
        let first = Int.random(in: 0..<251, using: &random)
        let written = Array(Self.pattern[first..<(first + range.count)])
        try memory.write(written, at: address)
        bytes.replaceSubrange(range, with: written)
      }
      try expectSame(range)
      try expectSame(self.cut(range, by: &random))
    }
    try expectSame(0..<Self.size)
  }

  private func cut(_ range: Range<Int>, by random: inout SeededGenerator) -> Range<Int> {
    let start = Int.random(in: range.lowerBound...range.upperBound, using: &random)
    return start..<Int.random(in: start...range.upperBound, using: &random)
  }

  /// A page of a file can outlive all others of it: of files that are loaded over each other again and
  /// again, not all is kept.
  @Test func longWritesOverEachOther() throws {
    var memory = try Self.memory()
    let file = [UInt8](repeating: 7, count: Self.size - 0x1_0000)
    for step in 0..<20 {
      try memory.write(file, at: Self.start + UInt64(step % 2) * 0x1_0000)
    }
    #expect(try memory.read(Self.size, at: Self.start).allSatisfy { $0 == 7 })
  }

  @Test func nothingIsOutside() throws {
    var memory = try Self.memory()
    let end = Self.start + UInt64(Self.size)
    let written = #expect(throws: GuestMemory.Outside.self) {
      try memory.write([1, 2], at: end - 1)
    }
    #expect(written?.address == end - 1 && written?.count == 2)
    #expect(throws: GuestMemory.Outside.self) { try memory.read(2, at: .max) }
    #expect(try memory.read(0, at: end) == [])
    #expect(try memory.read(1, at: end - 1) == [0])
  }
}

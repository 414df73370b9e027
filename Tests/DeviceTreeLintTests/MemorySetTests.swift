import Measures
import Testing

@testable import DeviceTreeLint

/// Room in memory, worked out with ranges.
@Suite struct MemorySetTests {
  private func range(_ start: UInt64, _ end: UInt64) -> AddressRange {
    AddressRange(start: Address(start), end: Address(end))!
  }

  @Test func rangesThatOverlapOrTouchBecomeOne() {
    let set = MemorySet([range(8, 9), range(0, 4), range(2, 3), range(4, 6), range(7, 7)])
    #expect(set.ranges == [range(0, 6), range(8, 9)])
    #expect(set.size == 7)
  }

  @Test func whatLiesInSeveralRangesIsNotContained() {
    let set = MemorySet([range(0, 4), range(6, 9)])
    #expect(set.contains(range(0, 4)))
    #expect(set.contains(range(7, 8)))
    #expect(!set.contains(range(3, 7)))
    #expect(!set.contains(range(4, 6)))
    #expect(!MemorySet([]).contains(range(0, 1)))
  }

  @Test func aHoleMayReachOverSeveralRanges() {
    let ram = MemorySet([range(0, 4), range(6, 9), range(10, 20)])
    #expect(
      ram.subtracting(MemorySet([range(1, 2), range(3, 11), range(15, 16)])).ranges
        == [range(0, 1), range(2, 3), range(11, 15), range(16, 20)])
    #expect(ram.subtracting(MemorySet([range(0, 100)])).isEmpty)
    #expect(ram.subtracting(MemorySet([])) == ram)
  }

  /// Byte by byte, for many small sets.
  @Test func subtractingIsWhatItIsForEachByte() {
    var random = SystemRandomNumberGenerator()
    func some() -> [AddressRange] {
      (0..<Int.random(in: 0...5, using: &random)).map { _ in
        let start = UInt64.random(in: 0...30, using: &random)
        return range(start, start + UInt64.random(in: 0...9, using: &random))
      }
    }
    for _ in 0..<2000 {
      let (ram, taken) = (some(), some())
      let left = MemorySet(ram).subtracting(MemorySet(taken))
      for byte: UInt64 in 0...40 {
        let one = range(byte, byte + 1)
        let isLeft = ram.contains { $0.contains(one) } && !taken.contains { $0.contains(one) }
        #expect(left.contains(one) == isLeft, "\(ram) \(taken) \(byte)")
      }
    }
  }

  @Test func aPlaceHasBothItsEndsAligned() {
    let free = MemorySet([range(0x100, 0x3F0), range(0x410, 0x5F0)])
    #expect(free.highest(0x100, alignment: 0x100) == range(0x200, 0x300))
    #expect(free.highest(0x200, alignment: 0x100) == range(0x100, 0x300))
    #expect(free.highest(0x300, alignment: 0x100) == nil)
    #expect(free.highest(0x10, alignment: 0x10) == range(0x5E0, 0x5F0))
  }

  @Test func aBlockBeginsAtAMultipleOfItsSize() {
    let free = MemorySet([range(0x100, 0x380)])
    #expect(free.hasBlock(order: 8))
    #expect(!free.hasBlock(order: 9))
    // From 0x100 to 0x300: two blocks, but not one.
    #expect(free.hasTwoBlocks(order: 8))
    #expect(!free.hasTwoBlocks(order: 9))
  }

  @Test(arguments: [UInt64.max, UInt64.max - 1, UInt64(1) << 63])
  func theLastAddressesDoNoHarm(_ end: UInt64) {
    let set = MemorySet([range(0, end), range(end - 1, end)])
    #expect(set.size == end)
    for order in -1...70 {
      _ = set.hasBlock(order: order)
      _ = set.hasTwoBlocks(order: order)
    }
    #expect(set.subtracting(MemorySet([range(0, .max)])).isEmpty)
    #expect(MemorySet([range(end - 1, end)]).highest(1, alignment: 1 << 40) == nil)
  }

  @Test func addressBitsThatNoBankNeedsAreLeftOutOfPageNumbers() {
    // 2 GiB at 2 GiB and 2 GiB at 34 GiB: bits 32 to 34 are 0 in both.
    let hole = PageHole([range(0x8000_0000, 0x1_0000_0000), range(0x8_8000_0000, 0x9_0000_0000)])
    #expect(hole.compressed(0x8_0000) == 0x8_0000)
    #expect(hole.compressed(0x88_0000) == 0x18_0000)
    #expect(PageHole([]).compressed(0x88_0000) == 0x88_0000)
    #expect(PageHole([range(0, .max)]).compressed(0x88_0000) == 0x88_0000)
  }
}

import Measures
import SeededGenerator
import Testing

@testable import MemoryPlanner

/// The search against one that tries every address, in worlds small enough for that.
@Suite struct PlacementSearchTests {
  typealias Item = PlacementSearch.Item

  /// Whether the items fit, found by trying each at every address.
  static func fits(_ items: ArraySlice<Item>, in free: [Bool]) -> Bool {
    guard let item = items.first else { return true }
    for start in stride(from: 0, to: free.count, by: Int(item.alignment)) {
      let end = start + Int(item.size)
      guard end <= free.count, free[start..<end].allSatisfy({ $0 }) else { continue }
      var left = free
      for at in start..<end { left[at] = false }
      if fits(items.dropFirst(), in: left) { return true }
    }
    return false
  }

  static func gaps(of free: [Bool]) throws -> [AddressRange] {
    let memory = try #require(AddressRange(start: 0, size: ByteCount(free.count)))
    let taken = try free.indices.filter { !free[$0] }.map {
      try #require(AddressRange(start: Address(UInt64($0)), size: 1))
    }
    return Gaps(in: [memory], beside: taken).ranges
  }

  /// Each item at a multiple of its alignment, in free memory, and none over another.
  static func isSound(_ places: [Address], of items: [Item], in free: [Bool]) -> Bool {
    var left = free
    for (item, place) in zip(items, places) {
      let start = Int(place.rawValue)
      guard place.rawValue % item.alignment == 0, start + Int(item.size) <= free.count else {
        return false
      }
      for at in start..<(start + Int(item.size)) {
        guard left[at] else { return false }
        left[at] = false
      }
    }
    return places.count == items.count
  }

  static func expectSame(_ items: [Item], _ free: [Bool]) throws {
    let outcome = PlacementSearch.outcome(of: items, in: try gaps(of: free), limit: 100_000)
    let isRight =
      switch outcome {
      case .found(let places): isSound(places, of: items, in: free)
      case .impossible: !fits(items[...], in: free)
      case .notFound: false
      }
    // There are too many worlds for an expectation each.
    if !isRight { Issue.record("\(outcome) for \(items) in \(free)") }
  }

  /// 8 units of memory, each taken or free, and every choice of up to three things of 1 to 4 units at
  /// multiples of 1, 2 or 4: 256 x 454 worlds.
  @Test func equalsBruteForceInEverySmallWorld() throws {
    let kinds = (1...4).flatMap { size in
      [1, 2, 4].map { Item(size: UInt64(size), alignment: $0) }
    }
    var choices: [[Item]] = [[]]
    for first in kinds.indices {
      choices.append([kinds[first]])
      for second in kinds.indices[first...] {
        choices.append([kinds[first], kinds[second]])
        for third in kinds.indices[second...] {
          choices.append([kinds[first], kinds[second], kinds[third]])
        }
      }
    }
    #expect(choices.count == 455)
    for taken in 0..<256 {
      let free = (0..<8).map { taken & 1 << $0 == 0 }
      for items in choices { try Self.expectSame(items, free) }
    }
  }

  @Test(arguments: [UInt64(1), 2, 3, 4])
  func equalsBruteForceInLargerWorldsByChance(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<150 {
      let free = (0..<24).map { _ in Int.random(in: 0..<5, using: &random) != 0 }
      let items = (0..<Int.random(in: 3...6, using: &random)).map { _ in
        Item(
          size: UInt64.random(in: 1...6, using: &random),
          alignment: [1, 1, 2, 4].randomElement(using: &random) ?? 1)
      }
      try Self.expectSame(items, free)
    }
  }

  @Test func theAnswerIsAlwaysTheSame() throws {
    let gap = try #require(AddressRange(start: 0x1000, size: 0x9000))
    let items = [1, 3, 2].map { Item(size: $0 << 12, alignment: 4096) }
    for _ in 0..<10 {
      #expect(
        PlacementSearch.outcome(of: items, in: [gap], limit: 100)
          == .found([0x6000, 0x1000, 0x4000]))
    }
  }

  /// 32 things that fill 32 gaps to the last byte.
  @Test func thirtyTwoThingsFindTheirGaps() throws {
    let gaps = try (0..<32).map { index in
      try #require(
        AddressRange(start: Address(UInt64(index) << 20), size: ByteCount(4096 * (32 - index))))
    }
    let items = (0..<32).map { Item(size: 4096 * UInt64($0 + 1), alignment: 4096) }
    guard case .found(let places) = PlacementSearch.outcome(of: items, in: gaps, limit: 32)
    else {
      Issue.record("the tightest order is tried first")
      return
    }
    #expect(Set(places).count == 32)
  }

  /// Whether there is a way is not known once the limit is reached, and is not claimed to be.
  @Test func theLimitIsNotAProof() throws {
    // 3 + 3 + 3 + 3 units into gaps of 5 and 7: two do not fit, but by volume they might.
    let gaps = try [0, 16].map { try #require(AddressRange(start: $0, size: $0 == 0 ? 5 : 7)) }
    let items = [3, 2, 3, 2, 2].map { Item(size: $0, alignment: 1) }
    let whole = PlacementSearch.outcome(of: items, in: gaps, limit: 1000)
    guard case .found = whole else {
      Issue.record("3 + 2 and 3 + 2 + 2 fill both gaps, but got \(whole)")
      return
    }
    #expect(
      PlacementSearch.outcome(of: items, in: gaps, limit: 4) == .notFound(within: 4))
    let more = items.dropLast() + [Item(size: 3, alignment: 1)]
    #expect(PlacementSearch.outcome(of: Array(more), in: gaps, limit: 1000) == .impossible)
  }

  @Test func theEndOfTheAddressesIsNotPassed() throws {
    let last = try #require(AddressRange(start: Address(UInt64.max - 8), size: 8))
    let big = Item(size: .max, alignment: 1)
    #expect(PlacementSearch.outcome(of: [big, big], in: [last], limit: 10) == .impossible)
    let wide = Item(size: 1, alignment: 1 << 63)
    #expect(PlacementSearch.outcome(of: [wide], in: [last], limit: 10) == .impossible)
  }
}

import Measures

/// The parts of a memory that nobody has claimed.
struct Gaps: Sendable {
  /// By address, none empty, no two touching.
  let ranges: [AddressRange]

  /// - Parameter taken: in any order; they may overlap each other and reach outside `memory`.
  init(in memory: [AddressRange], beside taken: [AddressRange]) {
    let sorted = taken.filter { !$0.isEmpty }.sorted { $0.start < $1.start }
    ranges = memory.sorted { $0.start < $1.start }.flatMap { Self.gaps(in: $0, beside: sorted) }
  }

  private static func gaps(
    in memory: AddressRange, beside taken: [AddressRange]
  ) -> [AddressRange] {
    var gaps: [AddressRange] = []
    var free = memory.start
    for range in taken where range.overlaps(memory) {
      if let gap = AddressRange(start: free, end: range.start), !gap.isEmpty { gaps.append(gap) }
      free = max(free, range.end)
    }
    if let gap = AddressRange(start: free, end: memory.end), !gap.isEmpty { gaps.append(gap) }
    return gaps
  }

  /// The address nearest to `wanted` where so much fits, at a multiple of `alignment`; the higher one
  /// of two that are equally near.
  func nearest(to wanted: Address, size: ByteCount, alignment: UInt64) -> Address? {
    var best: (distance: UInt64, start: Address)?
    for gap in ranges {
      guard let start = Self.nearest(to: wanted, size: size, alignment: alignment, in: gap)
      else { continue }
      let distance = max(start, wanted).rawValue - min(start, wanted).rawValue
      if best.map({ distance <= $0.distance }) ?? true { best = (distance, start) }
    }
    return best?.start
  }

  private static func nearest(
    to wanted: Address, size: ByteCount, alignment: UInt64, in gap: AddressRange
  ) -> Address? {
    guard size <= gap.size, let first = gap.start.roundedUp(to: alignment) else { return nil }
    let last = Address(gap.end.rawValue - size.rawValue).roundedDown(to: alignment)
    guard first <= last else { return nil }
    guard first < wanted else { return first }
    guard wanted < last else { return last }
    let below = wanted.roundedDown(to: alignment)
    guard let above = wanted.roundedUp(to: alignment), above <= last,
      above.rawValue - wanted.rawValue <= wanted.rawValue - below.rawValue
    else { return below }
    return above
  }
}

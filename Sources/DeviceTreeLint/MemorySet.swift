import Measures

/// Addresses, as ranges in order that neither overlap nor touch. What is to be said about room in
/// memory is worked out with it.
///
/// ```
/// RAM        ├────────────────────────────────┤   ├──────────┤
/// taken         ├──┤   ├──────┤                  ├──┤
/// free       ├──┤  ├──┤       ├───────────────┤      ├───────┤
/// ```
struct MemorySet: Hashable {
  private(set) var ranges: [AddressRange] = []

  /// Ranges in any order, which may overlap.
  init(_ ranges: some Sequence<AddressRange>) {
    for range in ranges.sorted(by: { $0.start < $1.start }) where !range.isEmpty {
      append(range)
    }
  }

  /// Adds a range that begins at or behind the start of the last one.
  private mutating func append(_ range: AddressRange) {
    guard let last = ranges.last, range.start <= last.end else {
      ranges.append(range)
      return
    }
    guard range.end > last.end else { return }
    ranges[ranges.count - 1] = AddressRange(start: last.start, end: range.end) ?? last
  }

  var isEmpty: Bool { ranges.isEmpty }
  var start: Address? { ranges.first?.start }
  var end: Address? { ranges.last?.end }

  /// Bytes in all; no more than 64 bits hold.
  var size: UInt64 {
    ranges.reduce(0) { sum, range in
      let (total, overflow) = sum.addingReportingOverflow(range.size.rawValue)
      return overflow ? .max : total
    }
  }

  /// Whether all of the range is in it.
  func contains(_ range: AddressRange) -> Bool {
    var (low, high) = (0, ranges.count)
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].start <= range.start { low = middle + 1 } else { high = middle }
    }
    return low > 0 && ranges[low - 1].contains(range)
  }

  /// What is left of it without `other`.
  func subtracting(_ other: MemorySet) -> MemorySet {
    var left = MemorySet([])
    var index = 0
    for range in ranges {
      var start = range.start
      // A hole may reach into the next range, so the last one is looked at again.
      while index < other.ranges.count, other.ranges[index].end <= start { index += 1 }
      var next = index
      while next < other.ranges.count, other.ranges[next].start < range.end {
        let hole = other.ranges[next]
        if let part = AddressRange(start: start, end: hole.start), !part.isEmpty {
          left.ranges.append(part)
        }
        start = max(start, hole.end)
        next += 1
      }
      if let part = AddressRange(start: start, end: range.end), !part.isEmpty {
        left.ranges.append(part)
      }
      index = max(index, next - 1)
    }
    return left
  }

  /// What of it lies below the address.
  func below(_ limit: Address) -> MemorySet {
    MemorySet(
      ranges.compactMap { range in
        AddressRange(start: range.start, end: min(range.end, limit))
      })
  }

  /// The highest place for so many bytes whose both ends are multiples of `alignment`, a power of
  /// two; nil where there is none.
  func highest(_ size: UInt64, alignment: UInt64) -> AddressRange? {
    for range in ranges.reversed() {
      guard let start = range.start.roundedUp(to: alignment) else { continue }
      let end = range.end.roundedDown(to: alignment)
      guard start <= end, end.rawValue - start.rawValue >= size else { continue }
      return AddressRange(start: Address(end.rawValue - size), end: end)
    }
    return nil
  }

  /// Whether a block of `1 << order` bytes that begins at a multiple of its size lies in it.
  func hasBlock(order: Int) -> Bool {
    guard (0..<64).contains(order) else { return false }
    return highest(1 << UInt64(order), alignment: 1 << UInt64(order)) != nil
  }

  /// Whether two such blocks follow each other in it, wherever the first begins.
  func hasTwoBlocks(order: Int) -> Bool {
    guard (0..<63).contains(order) else { return false }
    return highest(2 << UInt64(order), alignment: 1 << UInt64(order)) != nil
  }
}

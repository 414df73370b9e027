import Measures

/// Xen's first allocator, from which it takes its tables before any other is set up (Xen
/// `xen/common/page_alloc.c`, `alloc_boot_pages`): from the top of the highest region that has room.
struct BootPages: Sendable, Hashable {
  /// Free pages, by address.
  private(set) var runs: [Pages]

  /// Parts of a page do not count.
  init(_ banks: [AddressRange], beside taken: [AddressRange]) {
    runs = Gaps(in: banks, beside: taken).ranges.flatMap(Self.whole)
  }

  /// The whole pages of a range: one run or none.
  static func whole(_ range: AddressRange) -> [Pages] {
    let start = range.start.rawValue / FreeBlocks.pageSize
    let first = range.start.rawValue % FreeBlocks.pageSize == 0 ? start : start + 1
    let end = range.end.rawValue / FreeBlocks.pageSize
    return first < end ? [first..<end] : []
  }

  /// - Parameter alignment: of the first page, in pages.
  /// - Returns: the first page, or nil where there is no room.
  mutating func take(pages: UInt64, alignment: UInt64) -> UInt64? {
    for (index, run) in runs.enumerated().reversed() {
      guard pages <= run.upperBound - run.lowerBound else { continue }
      let last = run.upperBound - pages
      let start = last - last % alignment
      guard start >= run.lowerBound else { continue }
      let rest = [run.lowerBound..<start, start + pages..<run.upperBound].filter { !$0.isEmpty }
      runs.replaceSubrange(index...index, with: rest)
      return start
    }
    return nil
  }
}

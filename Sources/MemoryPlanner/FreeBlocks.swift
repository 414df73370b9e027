import Measures

/// A run of 4 KiB pages, as Xen's allocator counts them.
typealias Pages = Range<UInt64>

/// Free memory as Xen's buddy allocator holds it: in blocks of a power of two of pages, each at a
/// multiple of its own size, and as large as can be (Xen `xen/common/page_alloc.c`).
struct FreeBlocks: Sendable, Hashable {
  struct Block: Sendable, Hashable {
    /// The first of its pages.
    let page: UInt64
    /// It has two to the power of this.
    let order: Int

    var pages: Pages { page..<page + 1 << UInt64(order) }
    /// Xen's zones are cut at powers of two: all addresses with the same highest bit.
    var zone: Int { UInt64.bitWidth - page.leadingZeroBitCount }
  }

  /// No block is larger on ARM (`CONFIG_PAGEALLOC_MAX_ORDER`): 1 GiB.
  static let largestOrder = 18
  static let pageSize: UInt64 = 4096

  /// By address.
  private(set) var blocks: [Block]

  /// - Parameter runs: by address, none overlapping. What touches is merged, as Xen merges what it
  ///   frees.
  init(_ runs: [Pages]) {
    var merged: [Pages] = []
    for run in runs where !run.isEmpty {
      if let last = merged.last, last.upperBound == run.lowerBound {
        merged[merged.count - 1] = last.lowerBound..<run.upperBound
      } else {
        merged.append(run)
      }
    }
    blocks = merged.flatMap(Self.blocks(of:))
  }

  private static func blocks(of run: Pages) -> [Block] {
    var blocks: [Block] = []
    // Page 0 is kept from the allocator.
    var page = max(1, run.lowerBound)
    while page < run.upperBound {
      let length = run.upperBound - page
      let order = min(
        largestOrder, page.trailingZeroBitCount,
        UInt64.bitWidth - 1 - length.leadingZeroBitCount)
      blocks.append(Block(page: page, order: order))
      page += 1 << UInt64(order)
    }
    return blocks
  }

  /// All free pages together.
  var pages: UInt64 { blocks.reduce(0) { $0 + 1 << UInt64($1.order) } }

  /// Takes the upper end of a block, as Xen does: it halves the block and goes on with the upper half.
  ///
  /// ```
  ///   | order 2, free       | 1, free   |0 free| taken |     of a block of order 3
  /// ```
  mutating func take(order: Int, of block: Block) -> Pages {
    guard let index = blocks.firstIndex(of: block), order <= block.order else {
      return block.page..<block.page
    }
    var page = block.page
    let rest = (order..<block.order).reversed().map { half in
      defer { page += 1 << UInt64(half) }
      return Block(page: page, order: half)
    }
    blocks.replaceSubrange(index...index, with: rest)
    return page..<page + 1 << UInt64(order)
  }

  /// Gives pages back; they merge with what is free beside them.
  mutating func free(_ runs: [Pages]) {
    let all = (blocks.map(\.pages) + runs.filter { !$0.isEmpty })
      .sorted { $0.lowerBound < $1.lowerBound }
    self = FreeBlocks(all)
  }

  /// Among which blocks Xen chooses when none of them is known to be clear: those of the smallest size
  /// that serves, in the highest zone that has any. Which of equals it takes depends on how often its
  /// list was turned, so all are here.
  func first(order: Int, upToZone zone: Int) -> [Block] {
    let fitting = blocks.filter { $0.order >= order && $0.zone <= zone }
    guard let highest = fitting.map(\.zone).max() else { return [] }
    let best = fitting.filter { $0.zone == highest }.map(\.order).min()
    return fitting.filter { $0.zone == highest && $0.order == best }
  }
}

import Measures

/// What is free when Xen begins to put dom0's memory together, and what of it may be clear by then.
///
/// Some of that is not known to the page, and then there are several: how many pages Xen's first tables
/// took, and whether what it took since broke a large block.
struct Dom0Start: Sendable, Hashable {
  let free: FreeBlocks
  let clear: Dom0Search.Clear

  /// Pages that Xen may have taken one by one before: for its mappings, and for dom0's first tables.
  private static let taken: UInt64 = 512
  /// Blocks below 4 MiB are of no use for dom0's banks, and serve for these.
  private static let smallOrder = 10

  static func all(
    _ setup: XenSetup, _ memory: XenMemory, heap: AddressRange, _ ways: XenWays,
    _ request: Dom0Request
  ) -> [Dom0Start] {
    var starts: [Dom0Start] = []
    for tables in ways.tablePages {
      var boot = BootPages(memory.banks, beside: setup.kept + [heap])
      for _ in 0..<tables { _ = boot.take(pages: 1, alignment: 1) }
      guard let table = memory.frameTable,
        boot.take(
          pages: table.size.rawValue / FreeBlocks.pageSize,
          alignment: (32 << 20) / FreeBlocks.pageSize) != nil
      else { continue }
      for free in nibbled(FreeBlocks(boot.runs)) {
        for start in begun(free, heap: heap, ways, request) where !starts.contains(start) {
          starts.append(start)
        }
      }
    }
    return starts
  }

  /// Single pages come from the smallest blocks of the highest zone. Where these may not last, one of
  /// its next larger blocks may be broken.
  private static func nibbled(_ free: FreeBlocks) -> [FreeBlocks] {
    var small: UInt64 = 0
    for zone in Set(free.blocks.map(\.zone)).sorted(by: >) {
      let blocks = free.blocks.filter { $0.zone == zone }
      small += blocks.filter { $0.order < smallOrder }.reduce(0) { $0 + 1 << UInt64($1.order) }
      guard small < taken else { break }
      let large = blocks.filter { $0.order >= smallOrder }
      guard let least = large.map(\.order).min() else { continue }
      return [free]
        + large.filter { $0.order == least }.map { broken($0, of: free, order: smallOrder) }
    }
    return [free]
  }

  /// What else happens before: dom0's first table, which is two pages and by choice of clear ones, and
  /// the unpacking of its kernel.
  private static func begun(
    _ free: FreeBlocks, heap: AddressRange, _ ways: XenWays, _ request: Dom0Request
  ) -> [Dom0Start] {
    let clears = ways.clears && request.clears
    let early = clears ? clearable(free, heap: heap) : []
    let breakable = free.blocks.filter { early.contains($0) && $0.order >= smallOrder }
    let begun = [free] + breakable.map { broken($0, of: free, order: 1) }
    guard let packed = request.kernel.packed else {
      return begun.map { start in
        Dom0Start(free: start, clear: clears ? .these(early.intersection(start.blocks)) : .same)
      }
    }
    // That takes long enough for others to clear anything.
    return begun.flatMap { unpacked(packed, in: $0, early: early) }.map {
      Dom0Start(free: $0, clear: clears ? .any : .same)
    }
  }

  /// Other processors clear Xen's heap first, then zone by zone, the largest blocks first.
  private static func clearable(
    _ free: FreeBlocks, heap: AddressRange
  ) -> Set<FreeBlocks.Block> {
    let limit = Dom0Placement.clearedEarly.rawValue / FreeBlocks.pageSize
    let heapPages = heap.size.rawValue / FreeBlocks.pageSize
    return Set(
      free.blocks.filter { block in
        let before = free.blocks.filter { other in
          (other.zone, -other.order) < (block.zone, -block.order)
        }.reduce(heapPages) { $0 + 1 << UInt64($1.order) }
        return before + 1 << UInt64(block.order) <= limit
      })
  }

  /// Xen puts the unpacked kernel into a block of a power of two, gives back what is too much of it,
  /// and the packed file with it.
  private static func unpacked(
    _ packed: Dom0Request.Kernel.Packed, in free: FreeBlocks, early: Set<FreeBlocks.Block>
  ) -> [FreeBlocks] {
    let size = FreeBlocks.pageSize
    let (bytes, overflow) = packed.unpacked.rawValue.addingReportingOverflow(size - 1)
    let pages = overflow ? UInt64.max / size : bytes / size
    let order = Dom0Search.ceiling(pages)
    guard order <= FreeBlocks.largestOrder else { return [] }
    let first = free.first(order: order, upToZone: UInt64.bitWidth)
    let choice = Set(first).union(early.filter { $0.order >= order })
    return free.blocks.filter(choice.contains).map { block in
      var after = free
      let taken = after.take(order: order, of: block)
      after.free([taken.lowerBound + pages..<taken.upperBound] + BootPages.whole(packed.module))
      return after
    }
  }

  private static func broken(
    _ block: FreeBlocks.Block, of free: FreeBlocks, order: Int
  ) -> FreeBlocks {
    var free = free
    _ = free.take(order: order, of: block)
    return free
  }
}

import Measures

/// Follows every way that Xen may take as it puts dom0's memory together (Xen
/// `xen/arch/arm/domain_build.c`, `allocate_memory_11`).
///
/// Which block it takes depends on which of them another processor has cleared by then. So each block
/// that may be clear is followed, and where none is, each that may stand first in its list: more ways
/// than a real boot can take, never fewer. What they all agree on is determined; what none of them
/// reaches cannot be.
struct Dom0Search {
  /// One point of the way: what is free, what dom0 has, what is still missing.
  struct State: Sendable, Hashable {
    var free: FreeBlocks
    var banks: [Pages] = []
    var missing: UInt64
    var low = true
  }

  /// How a way ends.
  enum End: Sendable, Hashable {
    case banks([Pages])
    case noFirstBank
    case unallocated(UInt64)

    var isFailure: Bool {
      if case .banks = self { return false }
      return true
    }
  }

  /// What is known of blocks being clear.
  enum Clear: Sendable, Hashable {
    /// None is, or all are: it makes no difference.
    case same
    /// Those that other processors may have got to by the time.
    case these(Set<FreeBlocks.Block>)
    /// Any may be.
    case any
  }

  let ways: XenWays
  let request: Dom0Request
  let limit: Int
  /// Each once, in the order in which they were found.
  private(set) var ends: [End] = []
  /// Blocks taken so far; at the limit, nothing more is looked at.
  private(set) var looked = 0
  private var seen: Set<State> = []
  private var found: Set<End> = []

  var isComplete: Bool { looked < limit }

  /// Some ways end well and some do not: that is all there is to say.
  private var isMixed = false

  private mutating func end(_ end: End) {
    guard found.insert(end).inserted else { return }
    ends.append(end)
    isMixed = isMixed || end.isFailure != ends[0].isFailure
  }

  init(_ ways: XenWays, _ request: Dom0Request, limit: Int) {
    self.ways = ways
    self.request = request
    self.limit = limit
  }

  private static let leastPiece = 10  // 4 MiB
  private static let lowPiece = 15  // 128 MiB

  private var total: UInt64 { request.memory.rawValue / FreeBlocks.pageSize }
  private var lowZone: Int { max(1, request.lowBits - 12) }

  /// The least order of the first bank: of 128 MiB, or of dom0's memory rounded up; of the latter where
  /// it is the only bank.
  var leastFirst: Int {
    let whole = Self.ceiling(total)
    guard case .several = ways.dom0 else { return whole }
    return min(Self.lowPiece, whole)
  }

  /// Follows all ways from a state of memory on.
  mutating func follow(_ free: FreeBlocks, clear: Clear) {
    var state = State(free: free, missing: total)
    guard case .several = ways.dom0 else { return takeOne(state, clear: clear) }
    for order in stride(from: Self.floor(total), through: leastFirst, by: -1) {
      // Its search goes up bit by bit of the address, so the lowest zone that has a block serves.
      for zone in 1...lowZone {
        let blocks = Self.choice(in: free, order: order, zone: zone, clear: clear)
        guard !blocks.isEmpty else { continue }
        for block in blocks {
          state = State(free: free, missing: total)
          state.banks = [state.free.take(order: order, of: block)]
          state.missing -= 1 << UInt64(order)
          looked += 1
          fill(state)
        }
        return
      }
    }
    end(.noFirstBank)
  }

  /// Releases up to 4.4: one block, of a power of two.
  private mutating func takeOne(_ state: State, clear: Clear) {
    let order = Self.ceiling(total)
    // Its search goes up to one bit less than an address has.
    for zone in 1...27 {
      let blocks = Self.choice(in: state.free, order: order, zone: zone, clear: clear)
      for block in blocks {
        var free = state.free
        end(.banks([free.take(order: order, of: block)]))
        looked += 1
      }
      if !blocks.isEmpty { return }
    }
    end(.noFirstBank)
  }

  /// All further banks. Other processors have had time to clear anything by now.
  private mutating func fill(_ start: State) {
    var open = [start]
    while let state = open.popLast(), looked < limit, !isMixed {
      guard seen.insert(state).inserted else { continue }
      guard state.missing > 0, state.banks.count < ways.mostBanks else {
        end(state.missing > 0 ? .unallocated(state.missing) : .banks(state.banks))
        continue
      }
      step(state, into: &open)
    }
  }

  private mutating func step(_ start: State, into open: inout [State]) {
    var state = start
    var order = Self.floor(state.missing)
    while true {
      let zone = state.low ? lowZone : UInt64.bitWidth
      let clear: Clear = request.clears && ways.clears ? .any : .same
      let blocks = Self.choice(in: state.free, order: order, zone: zone, clear: clear)
      if blocks.isEmpty {
        order -= 1
        if state.low, order < leastFirst {
          state.low = false
          order = Self.floor(state.missing)
        } else if order < Self.leastPiece {
          end(.unallocated(state.missing))
          return
        }
        continue
      }
      for block in blocks {
        looked += 1
        if let next = inserted(order: order, of: block, into: state) {
          open.append(next)
        } else if state.low {
          var next = state
          next.low = false
          open.append(next)
        } else {
          end(.unallocated(state.missing))
        }
      }
      return
    }
  }

  /// The state with a piece of a block as dom0's; nil where the piece is too small to lie below the
  /// first bank, and is given back.
  private func inserted(order: Int, of block: FreeBlocks.Block, into state: State) -> State? {
    var next = state
    let piece = next.free.take(order: order, of: block)
    guard let first = state.banks.first,
      order >= Self.lowPiece || piece.upperBound >= first.lowerBound
    else { return nil }
    next.missing -= UInt64(piece.count)
    for (index, bank) in next.banks.enumerated() {
      if bank.lowerBound == piece.upperBound {
        next.banks[index] = piece.lowerBound..<bank.upperBound
        return next
      }
      if bank.upperBound == piece.lowerBound {
        next.banks[index] = bank.lowerBound..<piece.upperBound
        return next
      }
      if piece.upperBound < bank.lowerBound {
        next.banks.insert(piece, at: index)
        return next
      }
    }
    next.banks.append(piece)
    return next
  }

  private static func choice(
    in free: FreeBlocks, order: Int, zone: Int, clear: Clear
  ) -> [FreeBlocks.Block] {
    guard order >= 0 else { return [] }
    switch clear {
    case .same: return free.first(order: order, upToZone: zone)
    case .any: return free.blocks.filter { $0.order >= order && $0.zone <= zone }
    case .these(let clear):
      let first = free.first(order: order, upToZone: zone)
      let others = clear.filter { $0.order >= order && $0.zone <= zone && !first.contains($0) }
      return first + others.sorted { $0.page < $1.page }
    }
  }

  /// The order of the largest power of two that is not above so many pages.
  private static func floor(_ pages: UInt64) -> Int {
    UInt64.bitWidth - 1 - max(1, pages).leadingZeroBitCount
  }

  /// The order of the smallest power of two that is not below.
  static func ceiling(_ pages: UInt64) -> Int { pages <= 1 ? 0 : floor(pages - 1) + 1 }
}

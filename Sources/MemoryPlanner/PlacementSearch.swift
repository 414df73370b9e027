import Measures

/// Looks for addresses for things that may lie anywhere, and finds some wherever there are any.
///
/// Gaps are filled from the lowest on, each from its start: whatever lies in a gap of a good placement
/// can be pushed down, in its order, to the lowest multiple of its alignment, and what then fits
/// behind it can be moved there from a later gap. So a gap is left only when nothing fits any more,
/// and only the order within a gap is tried out.
///
/// ```
///   gap 0  | a |.| b |....|      gap 1  |  c  |........|        cursor moves right, never back
/// ```
///
/// The larger is tried first, then the one that was asked for first, so that the answer is always the
/// same. Work is counted in things put down; where the limit is reached, nothing is said to be
/// impossible.
struct PlacementSearch {
  enum Outcome: Sendable, Hashable {
    /// The addresses, in the order of the items.
    case found([Address])
    /// Nothing was left to try.
    case impossible
    /// So many things were put down, and some ways were still left.
    case notFound(within: Int)
  }

  struct Item: Sendable, Hashable {
    let size: UInt64
    let alignment: UInt64
  }

  /// What a set of 32 bits holds.
  static let mostItems = 32

  private let items: [Item]
  private let gaps: [AddressRange]
  /// Free bytes in a gap and all behind it.
  private let room: [UInt64]
  /// The order in which items are tried.
  private let order: [Int]
  /// For each item, the bit of one like it that is tried before, or 0: two alike are as good as each
  /// other, so the later one waits.
  private let twins: [UInt32]
  private let limit: Int
  private var looked = 0
  private var places: [Address]
  /// From which cursor on a set of items is known not to fit into a gap and those behind it: further
  /// right, it fits even less.
  private var hopeless: [Situation: Address] = [:]

  private struct Situation: Hashable {
    let gap: Int
    let left: UInt32
  }

  private enum Step { case done, no, stopped }

  /// - Parameter items: at most `mostItems`.
  static func outcome(
    of items: [Item], in gaps: [AddressRange], limit: Int
  ) -> Outcome {
    guard items.count <= mostItems else { return .notFound(within: 0) }
    var search = PlacementSearch(items: items, gaps: gaps, limit: limit)
    let all = items.indices.reduce(UInt32(0)) { $0 | 1 << UInt32($1) }
    let size = items.reduce(0) { sum($0, $1.size) }
    switch search.fill(0, from: gaps.first?.start ?? 0, left: all, size: size) {
    case .done: return .found(search.places)
    case .no: return .impossible
    case .stopped: return .notFound(within: limit)
    }
  }

  private init(items: [Item], gaps: [AddressRange], limit: Int) {
    self.items = items
    self.gaps = gaps
    self.limit = limit
    var room = [UInt64(0)]
    for gap in gaps.reversed() {
      room.append(Self.sum(room.last ?? 0, gap.size.rawValue))
    }
    self.room = room.reversed()
    let order = items.indices.sorted { (items[$1].size, $0) < (items[$0].size, $1) }
    twins = items.indices.map { index in
      let earlier = order.prefix { $0 != index }.last { items[$0] == items[index] }
      return earlier.map { 1 << UInt32($0) } ?? 0
    }
    self.order = order
    places = Array(repeating: 0, count: items.count)
  }

  /// Puts what is left into gaps from `gap` on, the first of them from `cursor` on.
  ///
  /// - Parameter size: of all that is left.
  private mutating func fill(
    _ gap: Int, from cursor: Address, left: UInt32, size: UInt64
  ) -> Step {
    guard left != 0 else { return .done }
    guard gap < gaps.count else { return .no }
    let end = gaps[gap].end
    guard size <= Self.sum(end.rawValue - cursor.rawValue, room[gap + 1]) else { return .no }
    let situation = Situation(gap: gap, left: left)
    if let known = hopeless[situation], known <= cursor { return .no }

    var fits = false
    for index in order where left & 1 << UInt32(index) != 0 {
      let item = items[index]
      guard let start = cursor.roundedUp(to: item.alignment), start <= end,
        item.size <= end.rawValue - start.rawValue
      else { continue }
      fits = true
      guard left & twins[index] == 0 else { continue }
      guard looked < limit else { return .stopped }
      looked += 1
      places[index] = start
      let step = fill(
        gap, from: Address(start.rawValue + item.size), left: left & ~(1 << UInt32(index)),
        size: size == .max ? size : size - item.size)
      if step != .no { return step }
    }
    if !fits {
      let next = gap + 1 < gaps.count ? gaps[gap + 1].start : cursor
      let step = fill(gap + 1, from: next, left: left, size: size)
      if step != .no { return step }
    }
    hopeless[situation] = min(hopeless[situation] ?? cursor, cursor)
    return .no
  }

  /// The sum, or the largest number there is.
  private static func sum(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let (sum, overflow) = left.addingReportingOverflow(right)
    return overflow ? .max : sum
  }
}

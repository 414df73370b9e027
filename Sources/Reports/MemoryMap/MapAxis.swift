import Measures
import MemoryPlanner

/// Where addresses lie on paper: stretches of the address space one below the other, each to scale,
/// with a break where nothing answers.
///
/// ```
///   0x00000000 ┬ registers, SRAM     one scale for stretches without RAM
///   0x02000000 ┴
///        ⌇ 992 MiB
///   0x40000000 ┬ RAM                 one scale for all stretches with RAM
///   0x80000000 ┴
/// ```
struct MapAxis {
  struct Stretch {
    let range: AddressRange
    let hasRAM: Bool
    /// In pixels.
    let top: Double
    let height: Double

    func y(_ address: Address) -> Double {
      let offset = Double(address.rawValue &- range.start.rawValue)
      return top + offset / Double(max(1, range.size.rawValue)) * height
    }

    var bottom: Double { top + height }
  }

  let stretches: [Stretch]
  var bottom: Double { stretches.last?.bottom ?? 0 }

  /// A hole larger than this breaks the axis.
  private static let hole: UInt64 = 16 << 20
  static let breakHeight = 34.0

  /// - Parameters:
  ///   - ranges: all that is drawn.
  ///   - labels: how many labels each range of `ranges` brings, so that there is room for them.
  ///   - ramHeight: pixels for all RAM together, at least.
  init(
    _ ranges: [AddressRange], ram: [AddressRange], labels: (AddressRange) -> Int, top: Double,
    lineHeight: Double, ramHeight: Double
  ) {
    var merged: [AddressRange] = []
    for range in ranges.sorted(by: { ($0.start, $0.end) < ($1.start, $1.end) }) {
      if let last = merged.last, range.start.rawValue <= last.end.rawValue &+ Self.hole,
        let whole = AddressRange(start: last.start, end: max(last.end, range.end))
      {
        merged[merged.count - 1] = whole
      } else {
        merged.append(range)
      }
    }
    let wanted = merged.map { stretch in
      Double(ranges.filter { stretch.contains($0) }.reduce(0) { $0 + labels($1) } + 1) * lineHeight
    }
    let isRAM = merged.map { stretch in ram.contains { $0.overlaps(stretch) } }
    // The scale of RAM suits the stretch whose labels need most room for its size.
    let size = zip(merged, isRAM).filter(\.1).reduce(0.0) { $0 + Double($1.0.size.rawValue) }
    var perByte = ramHeight / max(1, size)
    for index in merged.indices where isRAM[index] {
      perByte = max(perByte, wanted[index] / Double(max(1, merged[index].size.rawValue)))
    }
    var y = top
    var stretches: [Stretch] = []
    for index in merged.indices {
      let height =
        isRAM[index] ? Double(merged[index].size.rawValue) * perByte : max(40, wanted[index])
      stretches.append(
        Stretch(range: merged[index], hasRAM: isRAM[index], top: y, height: height))
      y += height + Self.breakHeight
    }
    self.stretches = stretches
  }

  /// Top and bottom of a range; nil where it is not on paper.
  func place(_ range: AddressRange) -> (top: Double, bottom: Double)? {
    guard let stretch = stretches.first(where: { $0.range.contains(range) }) else { return nil }
    return (stretch.y(range.start), stretch.y(range.end))
  }
}

/// Labels beside an axis: each as near to what it names as it can be, none over another.
enum MapLabels {
  /// The middle of each label, in the order given; `wanted` is sorted. The sum of squares of the ways
  /// that labels are moved is least (pool adjacent violators).
  static func places(_ wanted: [Double], height: Double, top: Double) -> [Double] {
    // Labels that touch form a block, which lies where its labels want it on the average.
    var blocks: [(sum: Double, count: Int)] = []
    for (index, place) in wanted.enumerated() {
      blocks.append((max(place, top) - Double(index) * height, 1))
      while blocks.count > 1,
        blocks[blocks.count - 2].sum / Double(blocks[blocks.count - 2].count)
          > blocks[blocks.count - 1].sum / Double(blocks[blocks.count - 1].count)
      {
        let last = blocks.removeLast()
        blocks[blocks.count - 1].sum += last.sum
        blocks[blocks.count - 1].count += last.count
      }
    }
    var places: [Double] = []
    for block in blocks {
      let start = max(top, block.sum / Double(block.count))
      for _ in 0..<block.count { places.append(start + Double(places.count) * height) }
    }
    return places
  }
}

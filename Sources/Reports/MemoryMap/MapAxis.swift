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
  ///   - labels: the height of the labels that each range of `ranges` brings, in pixels, so that there
  ///     is room for them.
  ///   - ramHeight: pixels for all RAM together, at least.
  init(
    _ ranges: [AddressRange], ram: [AddressRange], labels: (AddressRange) -> Double,
    top: Double,
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
      ranges.filter { stretch.contains($0) }.reduce(lineHeight) { $0 + labels($1) }
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

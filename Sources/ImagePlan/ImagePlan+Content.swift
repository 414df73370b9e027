import Measures

extension ImagePlan {
  /// The bytes of a range as the plan has them; holes read as zero.
  public func content(of range: Range<UInt64>) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: Int(clamping: range.upperBound - range.lowerBound))
    for piece in pieces(in: range) {
      let shared = range.clamped(to: piece.offset..<piece.end)
      let from = Int(shared.lowerBound - piece.offset)..<Int(shared.upperBound - piece.offset)
      let to =
        Int(shared.lowerBound - range.lowerBound)..<Int(shared.upperBound - range.lowerBound)
      bytes.replaceSubrange(to, with: piece.bytes[from])
    }
    return bytes
  }

  /// Whether the plan has nothing but a hole there.
  public func isHole(_ range: Range<UInt64>) -> Bool { pieces(in: range).isEmpty }

  private func pieces(in range: Range<UInt64>) -> ArraySlice<Piece> {
    // By offset and apart from each other, so that their ends are in order as well.
    let first = pieces.firstIndex(above: range.lowerBound) { $0.end }
    return pieces[first...].prefix { $0.offset < range.upperBound }
  }

  /// What a comparison goes by, and a change is rounded to, in bytes: a page of Linux's cache.
  public static let block: UInt64 = 4096

  /// The ranges in which old bytes differ from the plan's, in whole blocks, those that touch put
  /// together.
  ///
  /// - Parameters:
  ///   - old: what stands there now.
  ///   - offset: where, a multiple of a block.
  public func changes(to old: [UInt8], at offset: UInt64) -> [Range<UInt64>] {
    let new = content(of: offset..<(offset + UInt64(old.count)))
    if new == old { return [] }
    var changes: [Range<UInt64>] = []
    for start in stride(from: 0, to: old.count, by: Int(Self.block)) {
      let end = min(old.count, start + Int(Self.block))
      if old[start..<end] == new[start..<end] { continue }
      let range = (offset + UInt64(start))..<(offset + UInt64(end))
      if let last = changes.last, last.upperBound == range.lowerBound {
        changes[changes.count - 1] = last.lowerBound..<range.upperBound
      } else {
        changes.append(range)
      }
    }
    return changes
  }
}

extension ImagePlan.Piece {
  fileprivate var end: UInt64 { offset + UInt64(bytes.count) }
}

extension [ImagePlan.Piece] {
  /// The first whose key is larger than `bound`, where keys go up.
  fileprivate func firstIndex(above bound: UInt64, by key: (Element) -> UInt64) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if key(self[middle]) > bound { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

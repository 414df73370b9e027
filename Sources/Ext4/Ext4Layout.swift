public import Measures

/// What a finished volume consists of.
public struct Ext4Layout: Sendable, Hashable {
  public let size: ByteCount
  /// Free for files, of which `reserve` percent are root's.
  public let free: ByteCount
  /// How many files the volume can hold, and how many it holds.
  public let inodes: Int
  public let usedInodes: Int
  /// The bytes that matter, rising and apart: all that was written, and blocks that must be zero and
  /// were not. A card needs these ranges of the image and no others.
  public let mapped: [Range<UInt64>]
}

extension [Range<UInt64>] {
  /// Rising, neighbours made one.
  func joined() -> [Range<UInt64>] {
    var joined: [Range<UInt64>] = []
    for range in sorted(by: { $0.lowerBound < $1.lowerBound }) where !range.isEmpty {
      if let last = joined.last, last.upperBound >= range.lowerBound {
        joined[joined.count - 1] =
          last.lowerBound..<Swift.max(last.upperBound, range.upperBound)
      } else {
        joined.append(range)
      }
    }
    return joined
  }
}

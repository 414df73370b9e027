import Glibc

extension RawSpan {
  /// The parts that are not all zero, in whole blocks of a file but for the first and the last.
  ///
  /// - Parameter offset: where these bytes stand in the file.
  public func ranges(withContentInBlocksOf size: Int, from offset: UInt64) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    withUnsafeBytes { bytes in
      var start = 0
      while start < bytes.count {
        let inBlock = Int((offset + UInt64(start)) % UInt64(size))
        let end = min(bytes.count, start + size - inBlock)
        defer { start = end }
        if UnsafeRawBufferPointer(rebasing: bytes[start..<end]).isZero { continue }
        if let last = ranges.last, last.upperBound == start {
          ranges[ranges.count - 1] = last.lowerBound..<end
        } else {
          ranges.append(start..<end)
        }
      }
    }
    return ranges
  }
}

extension UnsafeRawBufferPointer {
  /// Zero at the start, and each byte the same as the one before.
  fileprivate var isZero: Bool {
    guard let baseAddress, self[0] == 0 else { return isEmpty }
    return memcmp(baseAddress, baseAddress + 1, count - 1) == 0
  }
}

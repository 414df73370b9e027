extension [UInt8] {
  /// Writes `value` over the bytes at `offset`, lowest byte first, as all of ext4 but its journal is.
  mutating func place<T: FixedWidthInteger>(_ value: T, at offset: Int) {
    var rest = value
    for index in 0..<(T.bitWidth / 8) {
      self[offset + index] = UInt8(truncatingIfNeeded: rest)
      rest = T.bitWidth > 8 ? rest >> 8 : 0
    }
  }

  /// Writes `value` highest byte first, as the journal is.
  mutating func place(bigEndian value: UInt32, at offset: Int) {
    place(value.byteSwapped, at: offset)
  }

  mutating func place(_ bytes: some Collection<UInt8>, at offset: Int) {
    replaceSubrange(offset..<(offset + bytes.count), with: bytes)
  }

  /// Appends borrowed bytes in one copy.
  mutating func append(_ bytes: RawSpan) {
    bytes.withUnsafeBytes { append(contentsOf: $0) }
  }

  static func zeroes(_ count: Int) -> [UInt8] { [UInt8](repeating: 0, count: count) }
}

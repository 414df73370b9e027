/// The checked loads of `RawSpan` for bytes that are kept in an array.
extension [UInt8] {
  /// Whether the bytes at `offset` are exactly `pattern`.
  @inlinable
  public func matches(_ pattern: StaticString, at offset: Int) -> Bool {
    span.bytes.matches(pattern, at: offset)
  }

  /// The 32-bit big-endian integer at `offset`; nil where it is not there.
  @inlinable @inline(__always)
  public func bigEndianUInt32(at offset: Int) -> UInt32? {
    guard let value: UInt32 = span.bytes.loaded(at: offset) else { return nil }
    return UInt32(bigEndian: value)
  }

  /// The 64-bit big-endian integer at `offset`; nil where it is not there.
  @inlinable @inline(__always)
  public func bigEndianUInt64(at offset: Int) -> UInt64? {
    guard let value: UInt64 = span.bytes.loaded(at: offset) else { return nil }
    return UInt64(bigEndian: value)
  }
}

extension [UInt8] {
  /// The 32-bit little-endian integer at `offset`; nil where it is not there.
  @inlinable
  public func littleEndianUInt32(at offset: Int) -> UInt32? {
    try? span.bytes.littleEndianUInt32(at: offset)
  }

  /// The 64-bit little-endian integer at `offset`; nil where it is not there.
  @inlinable
  public func littleEndianUInt64(at offset: Int) -> UInt64? {
    try? span.bytes.littleEndianUInt64(at: offset)
  }
}

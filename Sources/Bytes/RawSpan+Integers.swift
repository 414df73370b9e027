/// Where a read would have left the bytes it was given.
public struct OutOfBounds: Error, Sendable, Hashable {
  /// Offset of the first byte wanted, from the start of the span.
  public let offset: Int
  /// How many bytes were wanted.
  public let count: Int
  /// How many bytes there are in all.
  public let available: Int

  public init(offset: Int, count: Int, available: Int) {
    self.offset = offset
    self.count = count
    self.available = available
  }
}

/// Checked loads of fixed-width integers. None of them traps: whatever offset comes from a file,
/// the answer is a value or `OutOfBounds`.
extension RawSpan {
  /// Whether `count` bytes from `offset` lie within the span.
  @inlinable
  public func holds(_ count: Int, at offset: Int) -> Bool {
    offset >= 0 && count >= 0 && offset <= byteCount && count <= byteCount - offset
  }

  /// The byte at `offset`.
  @inlinable
  public func byte(at offset: Int) throws(OutOfBounds) -> UInt8 {
    try load(at: offset)
  }

  /// The 16-bit little-endian integer at `offset`.
  @inlinable
  public func littleEndianUInt16(at offset: Int) throws(OutOfBounds) -> UInt16 {
    UInt16(littleEndian: try load(at: offset))
  }

  /// The 32-bit little-endian integer at `offset`.
  @inlinable
  public func littleEndianUInt32(at offset: Int) throws(OutOfBounds) -> UInt32 {
    UInt32(littleEndian: try load(at: offset))
  }

  /// The 64-bit little-endian integer at `offset`.
  @inlinable
  public func littleEndianUInt64(at offset: Int) throws(OutOfBounds) -> UInt64 {
    UInt64(littleEndian: try load(at: offset))
  }

  /// The 32-bit big-endian integer at `offset`.
  @inlinable
  public func bigEndianUInt32(at offset: Int) throws(OutOfBounds) -> UInt32 {
    UInt32(bigEndian: try load(at: offset))
  }

  /// The 64-bit big-endian integer at `offset`.
  @inlinable
  public func bigEndianUInt64(at offset: Int) throws(OutOfBounds) -> UInt64 {
    UInt64(bigEndian: try load(at: offset))
  }

  /// The bytes of `range`, as far as they are there, in one copy.
  public func copied(_ range: Range<Int>) -> [UInt8] {
    extracting(range.clamped(to: 0..<byteCount)).withUnsafeBytes { Array($0) }
  }

  /// Whether the bytes at `offset` are exactly `pattern`.
  @inlinable
  public func matches(_ pattern: StaticString, at offset: Int) -> Bool {
    guard holds(pattern.utf8CodeUnitCount, at: offset) else { return false }
    var index = offset
    return pattern.withUTF8Buffer { wanted in
      for byte in wanted {
        guard byteAt(index) == byte else { return false }
        index += 1
      }
      return true
    }
  }

  @inlinable
  func byteAt(_ index: Int) -> UInt8 {
    unsafeLoadUnaligned(fromByteOffset: index, as: UInt8.self)
  }

  @inlinable
  func load<T: FixedWidthInteger & BitwiseCopyable>(
    at offset: Int
  ) throws(OutOfBounds) -> T {
    guard let value: T = loaded(at: offset) else {
      throw OutOfBounds(offset: offset, count: MemoryLayout<T>.size, available: byteCount)
    }
    return value
  }

  /// The one place where bytes become an integer: checked first, so the load itself cannot stray.
  /// Nil where it is not there. It stands in the innermost loops, where a call would cost more than
  /// the load.
  @inlinable @inline(__always)
  func loaded<T: FixedWidthInteger & BitwiseCopyable>(at offset: Int) -> T? {
    guard holds(MemoryLayout<T>.size, at: offset) else { return nil }
    return unsafeLoadUnaligned(fromByteOffset: offset, as: T.self)
  }
}

/// Appending integers in a stated byte order, for the writers of formats.
extension [UInt8] {
  /// Appends `value` with its lowest byte first.
  @inlinable
  public mutating func append<T: FixedWidthInteger>(littleEndian value: T) {
    for shift in stride(from: 0, to: T.bitWidth, by: 8) {
      append(UInt8(truncatingIfNeeded: value >> T(shift)))
    }
  }

  /// Appends `value` with its highest byte first.
  @inlinable
  public mutating func append<T: FixedWidthInteger>(bigEndian value: T) {
    for shift in stride(from: T.bitWidth - 8, through: 0, by: -8) {
      append(UInt8(truncatingIfNeeded: value >> T(shift)))
    }
  }

  /// Appends the text's UTF-8, cut or padded with `padding` to exactly `width` bytes.
  @inlinable
  public mutating func append(_ text: some StringProtocol, width: Int, padding: UInt8) {
    let bytes = Array(text.utf8.prefix(width))
    append(contentsOf: bytes)
    append(contentsOf: repeatElement(padding, count: width - bytes.count))
  }

  /// Appends zeroes until the length is a multiple of `alignment`.
  @inlinable
  public mutating func pad(to alignment: Int) {
    let rest = count % alignment
    if rest != 0 { append(contentsOf: repeatElement(0, count: alignment - rest)) }
  }
}

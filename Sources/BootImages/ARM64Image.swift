import Bytes

/// A 64-bit ARM kernel (`Image`), which no board here can run; it is known so that it can be named.
///
/// Source: Linux `Documentation/arch/arm64/booting.rst`.
public enum ARM64Image {
  /// Whether the magic number 0x644D5241 ("ARM" and 0x64, little endian) stands at 56.
  public static func isOne(_ bytes: RawSpan) -> Bool {
    (try? bytes.littleEndianUInt32(at: 56)) == 0x644D_5241
  }
}

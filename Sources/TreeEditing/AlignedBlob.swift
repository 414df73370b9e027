/// A blob where libfdt can work on it: on a multiple of eight, with room behind it.
///
/// Proof of the alignment: the bytes are the storage of an array of `UInt64`, whose elements lie on
/// multiples of their own alignment. That is 8 on the machines that ctboot is built for; on one
/// where it were 4, libfdt would see it by itself and answer FDT_ERR_ALIGNMENT.
///
/// Pointers do not leave this module: each lives as long as the closure that is given it.
struct AlignedBlob: Sendable {
  private var words: [UInt64]

  /// Copies the bytes; behind them there are zeroes up to `capacity`.
  init(_ bytes: [UInt8], capacity: Int) {
    words = [UInt64](repeating: 0, count: (max(capacity, bytes.count) + 7) / 8)
    words.withUnsafeMutableBytes { $0.copyBytes(from: bytes) }
  }

  func withView<R>(_ body: (FlatView) -> R) -> R {
    words.withUnsafeBytes { body(FlatView($0)) }
  }

  /// The answer is nil only where there is no blob at all.
  mutating func withMutablePointer(_ body: (UnsafeMutableRawPointer) -> Int32) -> Int32? {
    words.withUnsafeMutableBytes { $0.baseAddress.map(body) }
  }

  /// The first bytes of it.
  func bytes(_ count: Int) -> [UInt8] {
    words.withUnsafeBytes { Array($0.prefix(max(0, count))) }
  }

  /// A word of the header.
  func word(at offset: Int) -> Int {
    words.withUnsafeBytes { buffer in
      guard offset >= 0, offset + 4 <= buffer.count else { return 0 }
      return Int(UInt32(bigEndian: buffer.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
    }
  }
}

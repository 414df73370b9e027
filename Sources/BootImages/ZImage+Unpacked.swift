import Bytes
public import Measures

extension ZImage {
  /// What a Linux kernel becomes once it has unpacked itself.
  ///
  ///     0x34  magic 0x45454545
  ///     0x38  where the table lies:
  ///           +0   its length in words      +12  bytes that are cleared behind the kernel (BSS)
  ///           +4   tag 0x5A534C4B           +16  its distance from the start of RAM (TEXT_OFFSET)
  ///           +8   where the last four      +20  the unpacker's heap
  ///                bytes of the packed
  ///                kernel lie: its size
  ///
  /// Source: Linux `arch/arm/boot/compressed/head.S` and `vmlinux.lds.S`, since 4.15.
  public struct Unpacked: Sendable, Hashable {
    /// Of code and data.
    public let size: ByteCount
    /// What it clears behind them.
    public let cleared: ByteCount
    /// How far from a multiple of 128 MiB it begins.
    public let offset: ByteCount
    /// What the unpacker uses behind its own image.
    public let heap: ByteCount

    public init(size: ByteCount, cleared: ByteCount, offset: ByteCount, heap: ByteCount) {
      self.size = size
      self.cleared = cleared
      self.offset = offset
      self.heap = heap
    }

    /// Reads the table of a whole image; nil for kernels that have none, and for what is no kernel.
    public init?(_ image: RawSpan) {
      func word(_ offset: Int, _ more: Int = 0) -> UInt32? {
        let (at, overflow) = offset.addingReportingOverflow(more)
        return overflow ? nil : try? image.littleEndianUInt32(at: at)
      }
      guard word(0x24) == ZImage.magic, word(0x34) == 0x4545_4545,
        let table = word(0x38).map(Int.init), let words = word(table), words >= 4,
        word(table, 4) == 0x5A53_4C4B, let place = word(table, 8).map(Int.init),
        let size = word(place), let cleared = word(table, 12)
      else { return nil }
      self.size = ByteCount(UInt64(size))
      self.cleared = ByteCount(UInt64(cleared))
      // Older tables end earlier.
      offset = ByteCount(UInt64(words >= 5 ? word(table, 16) ?? 0x8000 : 0x8000))
      heap = ByteCount(UInt64(words >= 6 ? word(table, 20) ?? 0x1_0000 : 0x1_0000))
    }
  }
}

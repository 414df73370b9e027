import Bytes
import Measures

extension DeviceTree {
  /// Reads a blob. Whatever the bytes are, the answer is a tree or an error: time and memory grow
  /// with the length of the blob only. Bytes behind the header's total size are not looked at.
  public init(parsing bytes: RawSpan, limits: Limits = .standard) throws(DeviceTreeError) {
    let header = try Header(parsing: bytes)
    let layout = try BlockLayout(header, available: bytes.byteCount)
    reservations = try Self.reservations(in: bytes, layout.reservations)
    bootProcessor = header.bootProcessor
    var reader = StructureReader(layout: layout, limits: limits)
    root = try reader.read(bytes)
  }

  /// Pairs of 64-bit address and size up to the pair of zeroes that ends them.
  ///
  /// Source: Devicetree Specification v0.4, section 5.3.
  private static func reservations(
    in bytes: RawSpan, _ range: Range<Int>
  ) throws(DeviceTreeError) -> [MemoryReservation] {
    var found: [MemoryReservation] = []
    for offset in stride(from: range.lowerBound, through: range.upperBound - 16, by: 16) {
      guard let address = try? bytes.bigEndianUInt64(at: offset),
        let size = try? bytes.bigEndianUInt64(at: offset + 8)
      else { break }
      if address == 0, size == 0 { return found }
      found.append(MemoryReservation(address: Address(address), size: ByteCount(size)))
    }
    throw .unterminatedReservations(at: range.upperBound)
  }
}

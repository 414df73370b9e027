import Bytes

extension DiskPartitions {
  /// The disk's id and the entries of a GPT at the second sector; nil where its checksums do not hold.
  ///
  /// ```
  ///   0  "EFI PART"        16 CRC of the header    80 number of entries
  ///   12 header size       72 first entry's sector 84 bytes of one, 88 CRC of all
  /// ```
  /// An entry past the bytes that 63 bits address is left out. Source: UEFI specification 2.10, 5.3.
  static func gpt(_ disk: any ByteSource) -> (id: GUID, entries: [Entry])? {
    let header = disk.read(512, at: 512)
    guard header.count == 512, header.matches("EFI PART", at: 0),
      let size = header.littleEndianUInt32(at: 12), (92...512).contains(size),
      let id = GUID(onDisk: header[56..<72]),
      let sum = header.littleEndianUInt32(at: 16),
      let first = header.littleEndianUInt64(at: 72), first < 1 << 40,
      let count = header.littleEndianUInt32(at: 80), count <= 1024,
      let entrySize = header.littleEndianUInt32(at: 84), (128...4096).contains(entrySize),
      let entriesSum = header.littleEndianUInt32(at: 88)
    else { return nil }
    var covered = Array(header.prefix(Int(size)))
    covered.replaceSubrange(16..<20, with: [0, 0, 0, 0])
    guard CRC32.checksum(covered.span.bytes) == sum else { return nil }
    let bytes = disk.read(Int(count) * Int(entrySize), at: first * 512)
    guard bytes.count == Int(count) * Int(entrySize),
      CRC32.checksum(bytes.span.bytes) == entriesSum
    else { return nil }
    let entries: [Entry] = (0..<Int(count)).compactMap { index in
      let start = index * Int(entrySize)
      guard bytes[start..<(start + 16)].contains(where: { $0 != 0 }),
        let from = bytes.littleEndianUInt64(at: start + 32),
        let last = bytes.littleEndianUInt64(at: start + 40), last >= from,
        last < 1 << 54,
        let attributes = bytes.littleEndianUInt64(at: start + 48),
        let type = GUID(onDisk: bytes[start..<(start + 16)]),
        let id = GUID(onDisk: bytes[(start + 16)..<(start + 32)])
      else { return nil }
      let units = stride(from: start + 56, to: start + 128, by: 2).map {
        UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8
      }.prefix { $0 != 0 }
      return Entry(
        number: index + 1, sectors: from..<(last + 1), isBootable: attributes & 4 != 0, type: nil,
        typeID: type, name: String(decoding: Array(units), as: UTF16.self), uuid: id.description)
    }
    return (id, entries)
  }
}

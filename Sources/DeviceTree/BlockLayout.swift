extension DeviceTree {
  /// A part of the blob that the header points at.
  public enum Block: String, Sendable, Hashable {
    case reservations = "memory reservation"
    case structure
    case strings
  }
}

/// Where the blocks lie, proven to be inside the blob, aligned and apart:
///
/// ```
/// header | reservations (8-aligned) | structure (4-aligned) | strings
/// ```
///
/// The order is only the usual one: any order and any gaps are taken.
/// Source: Devicetree Specification v0.4, sections 5.1 and 5.6.
struct BlockLayout {
  /// From the first entry to the first byte of the block behind it, at most.
  let reservations: Range<Int>
  let structure: Range<Int>
  let strings: Range<Int>

  init(_ header: DeviceTree.Header, available: Int) throws(DeviceTreeError) {
    guard UInt64(header.totalSizeField) <= UInt64(available) else {
      throw .totalSizeBeyondBytes(header.totalSizeField, available: available)
    }
    // Fits, because it is at most `available`.
    let totalSize = Int(header.totalSizeField)

    func range(
      _ block: DeviceTree.Block, _ offset: UInt32, _ size: UInt32
    ) throws(DeviceTreeError) -> Range<Int> {
      let end = UInt64(offset) + UInt64(size)
      guard offset >= DeviceTree.Header.size, end <= UInt64(totalSize) else {
        throw .blockOutOfBounds(block, at: offset, size: size)
      }
      return Int(offset)..<Int(end)
    }
    // The shortest reservation block holds nothing but its end mark.
    let endMark = try range(.reservations, header.reservationsOffset, 16)
    let structure = try range(.structure, header.structureOffset, header.structureSize)
    let strings = try range(.strings, header.stringsOffset, header.stringsSize)

    guard endMark.lowerBound.isMultiple(of: 8) else {
      throw .misalignedBlock(.reservations, at: header.reservationsOffset, alignment: 8)
    }
    guard structure.lowerBound.isMultiple(of: 4) else {
      throw .misalignedBlock(.structure, at: header.structureOffset, alignment: 4)
    }

    func keepApart(
      _ one: DeviceTree.Block, _ left: Range<Int>, _ other: DeviceTree.Block, _ right: Range<Int>
    ) throws(DeviceTreeError) {
      guard !left.overlaps(right) else {
        throw .overlappingBlocks(one, other, at: max(left.lowerBound, right.lowerBound))
      }
    }
    try keepApart(.structure, structure, .strings, strings)
    try keepApart(.reservations, endMark, .structure, structure)
    try keepApart(.reservations, endMark, .strings, strings)

    let next = [structure, strings].filter { !$0.isEmpty && $0.lowerBound > endMark.lowerBound }
      .map(\.lowerBound).min()
    self.reservations = endMark.lowerBound..<(next ?? totalSize)
    self.structure = structure
    self.strings = strings
  }
}

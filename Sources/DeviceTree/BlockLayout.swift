extension DeviceTree {
  /// A part of the blob that the header points at.
  public enum Block: String, Sendable, Hashable {
    case reservations = "memory reservation"
    case structure
    case strings
  }
}

/// Where the blocks lie, proven to be inside the blob:
///
/// ```
/// header | reservations (8-aligned) | structure (4-aligned) | strings
/// ```
///
/// The order is only the usual one: any order and any gaps are taken.
/// Source: Devicetree Specification v0.4, sections 5.1 and 5.6.
public struct BlockLayout: Sendable, Hashable {
  /// Bytes of the whole blob.
  public let totalSize: Int
  /// From the first entry to the first byte of the block behind it, at most.
  public let reservations: Range<Int>
  public let structure: Range<Int>
  public let strings: Range<Int>

  init(
    _ header: DeviceTree.Header, available: Int, _ faults: inout FaultList
  ) throws(FatalFault) {
    guard UInt64(header.totalSizeField) <= UInt64(available) else {
      throw FatalFault(.totalSizeBeyondBytes(header.totalSizeField, available: available))
    }
    guard header.totalSizeField <= DeviceTree.Limits.totalSize else {
      throw FatalFault(.tooLarge(header.totalSizeField, limit: DeviceTree.Limits.totalSize))
    }
    // Fits, because it is at most `available`.
    let totalSize = Int(header.totalSizeField)

    func range(
      _ block: DeviceTree.Block, _ offset: UInt32, _ size: UInt32
    ) throws(FatalFault) -> Range<Int> {
      let end = UInt64(offset) + UInt64(size)
      guard offset >= DeviceTree.Header.size, end <= UInt64(totalSize) else {
        throw FatalFault(.blockOutOfBounds(block, at: offset, size: size))
      }
      return Int(offset)..<Int(end)
    }
    // The shortest reservation block holds nothing but its end mark.
    let endMark = try range(.reservations, header.reservationsOffset, 16)
    // Version 16 does not say how long the structure is: up to the strings, or to the end.
    let structureSize =
      header.structureSize
      ?? (header.stringsOffset > header.structureOffset
        ? header.stringsOffset : header.totalSizeField) &- header.structureOffset
    let structure = try range(.structure, header.structureOffset, structureSize)
    let strings = try range(.strings, header.stringsOffset, header.stringsSize)

    if !endMark.lowerBound.isMultiple(of: 8) {
      faults.note(.misalignedBlock(.reservations, at: header.reservationsOffset, alignment: 8))
    }
    guard structure.lowerBound.isMultiple(of: 4) else {
      throw FatalFault(.misalignedBlock(.structure, at: header.structureOffset, alignment: 4))
    }

    func keepApart(
      _ one: DeviceTree.Block, _ left: Range<Int>, _ other: DeviceTree.Block, _ right: Range<Int>
    ) {
      guard left.overlaps(right) else { return }
      faults.note(.overlappingBlocks(one, other, at: max(left.lowerBound, right.lowerBound)))
    }
    keepApart(.structure, structure, .strings, strings)
    keepApart(.reservations, endMark, .structure, structure)
    keepApart(.reservations, endMark, .strings, strings)
    let start = endMark.lowerBound
    if start > structure.lowerBound || structure.lowerBound > strings.lowerBound {
      faults.note(
        .unusualBlockOrder(at: min(start, structure.lowerBound, strings.lowerBound)))
    }

    // The nearest block behind the reservations.
    func end(_ block: Range<Int>) -> Int {
      !block.isEmpty && block.lowerBound > start ? block.lowerBound : totalSize
    }
    self.totalSize = totalSize
    self.reservations = start..<min(end(structure), end(strings))
    self.structure = structure
    self.strings = strings
  }
}

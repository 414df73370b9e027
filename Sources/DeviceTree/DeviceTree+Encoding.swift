import Bytes
import Measures

extension DeviceTree {
  /// The tree as a blob of version 17, which readers of version 16 understand:
  ///
  /// ```
  /// 0x00 header (0x28 bytes) | reservations | structure | strings
  /// ```
  ///
  /// Each property name stands once in the strings, in order of first use. A tree that was read
  /// comes back with the same meaning, not always with the same bytes: gaps and padding are not
  /// kept. Names and values of a tree made by hand are written as they are; a name with a zero
  /// byte in it ends there for whoever reads the blob.
  ///
  /// Source: Devicetree Specification v0.4, chapter 5.
  public func encoded() -> [UInt8] {
    var writer = StructureWriter()
    writer.write(root)
    let structure = writer.structure
    let strings = writer.strings

    let structureOffset = Header.size + (reservations.count + 1) * 16
    let stringsOffset = structureOffset + structure.count
    var blob: [UInt8] = []
    blob.reserveCapacity(stringsOffset + strings.count)
    let header: [UInt32] = [
      Header.magic,
      UInt32(clamping: stringsOffset + strings.count),
      UInt32(clamping: structureOffset),
      UInt32(clamping: stringsOffset),
      UInt32(Header.size),
      17, 16,
      bootProcessor,
      UInt32(clamping: strings.count),
      UInt32(clamping: structure.count),
    ]
    for word in header { blob.append(bigEndian: word) }
    for reservation in reservations {
      blob.append(bigEndian: reservation.address.rawValue)
      blob.append(bigEndian: reservation.size.rawValue)
    }
    blob.append(contentsOf: repeatElement(0, count: 16))
    blob.append(contentsOf: structure)
    blob.append(contentsOf: strings)
    return blob
  }
}

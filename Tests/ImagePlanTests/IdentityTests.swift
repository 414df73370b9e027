import Bytes
import ImagePlan
import Testing

/// The ids of disk and volume, which come from the content.
@Suite struct IdentityTests {
  /// Disk signature and volume id, as they stand on the card.
  private static func ids(_ identity: [UInt8]) throws -> [UInt32] {
    let plan = try ImagePlan(Sample.card(identity: identity))
    let image = [UInt8](plan.image)
    let disk = try image.span.bytes.littleEndianUInt32(at: 0x1B8)
    #expect(disk == plan.diskSignature)
    // Where FAT12 and FAT16 keep it, from the start of the volume.
    return [disk, try image.span.bytes.littleEndianUInt32(at: (1 << 20) + 0x27)]
  }

  @Test(
    arguments: [
      ([1, 2, 3, 4, 5, 6, 7, 8], [0x0102_0304, 0x0506_0708]),
      ([1, 2, 3, 4, 5, 6, 7, 9, 99], [0x0102_0304, 0x0506_0709]),
      ([0, 0, 0, 0, 0, 0, 0, 2], [1, 2]), ([0, 0, 0, 2, 0, 0, 0, 0], [2, 1]),
      ([], [1, 1]), ([0xFF, 0xFF, 0xFF, 0xFF, 1], [0xFFFF_FFFF, 1]),
    ] as [([UInt8], [UInt32])])
  func fromTheContent(identity: [UInt8], ids: [UInt32]) throws {
    #expect(try Self.ids(identity) == ids)
  }

  @Test func theSameCardTwice() throws {
    #expect(try ImagePlan(Sample.card()) == ImagePlan(Sample.card()))
    #expect(try ImagePlan(Sample.card()) != ImagePlan(Sample.card(identity: [9])))
  }
}

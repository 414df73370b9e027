import ImagePlan
import Measures
import Partitions

/// The block map of a card's image, for programs that write only what matters (bmaptool, and ctboot).
///
/// Of the boot partition and what lies before it each range has its digest. The root's ranges have none:
/// its bytes went by once, and to read all of them again would take half as long as the build.
enum CardMap {
  /// - Parameter root: the ranges that matter in the root partition, in bytes from its start.
  static func text(_ image: ImagePlan, root: [Range<UInt64>]) throws(BlockMapError) -> String {
    let size = image.size.rawValue
    let pieces = image.pieces.map { $0.offset..<$0.offset + UInt64($0.bytes.count) }
    let boot = BlockMap.blocks(holding: pieces + image.zeroes, imageSize: size).map { blocks in
      let bytes = BlockMap.bytes(of: blocks, imageSize: size)
      return BlockMap.Mapped(blocks: blocks, digest: Digest.bytes(image.content(of: bytes)))
    }
    let start = image.rootOffset ?? 0
    let behind = BlockMap.blocks(
      holding: root.map { start + $0.lowerBound..<start + $0.upperBound }, imageSize: size
    ).map { BlockMap.Mapped(blocks: $0, digest: nil) }
    return try BlockMap(imageSize: size, mapped: boot + behind).text(sha256: Digest.bytes)
  }
}

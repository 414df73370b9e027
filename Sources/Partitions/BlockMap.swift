import Bytes

/// Which blocks of an image have to be written to a card, and what their bytes are: a bmap file of
/// version 2.0 as a value.
///
/// What is not mapped may hold anything afterwards. So the map is made of what an image's layout means
/// to be there, zeroes among it, and never of where a file has holes: a card that was used before has
/// old bytes where the image has zeroes.
///
/// Source: bmap-tools, `bmaptool/BmapCreate.py` and its documentation of the format.
public struct BlockMap: Sendable, Hashable {
  /// Blocks that follow each other.
  public struct Mapped: Sendable, Hashable {
    public let blocks: Range<UInt64>
    /// The SHA-256 of their bytes, as far as the image reaches: 32 bytes. Nil where nobody took it, and a
    /// copy cannot be checked by the map.
    public let digest: [UInt8]?

    public init(blocks: Range<UInt64>, digest: [UInt8]?) {
      self.blocks = blocks
      self.digest = digest
    }
  }

  /// What bmap-tools uses as well.
  public static let usualBlockSize: UInt64 = 4096

  /// In bytes.
  public let imageSize: UInt64
  /// In bytes.
  public let blockSize: UInt64
  /// By their places, apart from each other.
  public let mapped: [Mapped]

  /// - Parameter mapped: not empty, apart from each other and within the image.
  public init(
    imageSize: UInt64, blockSize: UInt64 = usualBlockSize, mapped: [Mapped]
  ) throws(BlockMapError) {
    guard (512...(1 << 30)).contains(blockSize), blockSize.nonzeroBitCount == 1 else {
      throw .oddBlockSize(blockSize)
    }
    self.imageSize = imageSize
    self.blockSize = blockSize
    self.mapped = mapped
    let count = blockCount
    var end: UInt64 = 0
    for range in mapped {
      guard !range.blocks.isEmpty, range.blocks.lowerBound >= end,
        range.blocks.upperBound <= count
      else { throw .misplacedRange(range.blocks, after: end, blocks: count) }
      if let digest = range.digest, digest.count != 32 {
        throw .badDigest(digest.hexadecimal, of: range.blocks)
      }
      end = range.blocks.upperBound
    }
  }

  /// Of the whole image; the last one may be cut off by the image's end.
  public var blockCount: UInt64 { Self.blockCount(imageSize, blockSize) }

  public var mappedBlockCount: UInt64 { mapped.reduce(0) { $0 + UInt64($1.blocks.count) } }

  static func blockCount(_ imageSize: UInt64, _ blockSize: UInt64) -> UInt64 {
    imageSize / blockSize + (imageSize % blockSize == 0 ? 0 : 1)
  }

  /// The bytes of some of the image's blocks.
  public func bytes(of blocks: Range<UInt64>) -> Range<UInt64> {
    Self.bytes(of: blocks, imageSize: imageSize, blockSize: blockSize)
  }

  /// The bytes of some blocks, as far as the image reaches: what a digest is taken of.
  public static func bytes(
    of blocks: Range<UInt64>, imageSize: UInt64, blockSize: UInt64 = usualBlockSize
  ) -> Range<UInt64> {
    func offset(_ block: UInt64) -> UInt64 {
      let (bytes, overflow) = block.multipliedReportingOverflow(by: blockSize)
      return overflow ? imageSize : min(bytes, imageSize)
    }
    return offset(blocks.lowerBound)..<offset(blocks.upperBound)
  }

  /// The blocks that hold these bytes, by their places and as few ranges as can be. What lies past the
  /// image's end is left out.
  ///
  /// - Parameter ranges: of bytes, in any order; they may overlap.
  public static func blocks(
    holding ranges: [Range<UInt64>], imageSize: UInt64, blockSize: UInt64 = usualBlockSize
  ) -> [Range<UInt64>] {
    var merged: [Range<UInt64>] = []
    let inside = ranges.map { $0.clamped(to: 0..<imageSize) }.filter { !$0.isEmpty }
    for range in inside.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      let blocks = (range.lowerBound / blockSize)..<((range.upperBound - 1) / blockSize + 1)
      if let last = merged.last, last.upperBound >= blocks.lowerBound {
        merged[merged.count - 1] =
          last.lowerBound..<max(last.upperBound, blocks.upperBound)
      } else {
        merged.append(blocks)
      }
    }
    return merged
  }
}

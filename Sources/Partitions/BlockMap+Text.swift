import Bytes

extension BlockMap {
  /// The text of the bmap file, with its own checksum in it.
  ///
  /// - Parameter sha256: the digest of bytes; this floor has no cryptography.
  public func text(sha256: (_ bytes: [UInt8]) -> [UInt8]) -> String {
    let parts = unsummed
    let zeroes = String(repeating: "0", count: Self.checksumDigits)
    let sum = sha256(Array((parts.before + zeroes + parts.after).utf8)).hexadecimal
    return parts.before + sum + parts.after
  }

  /// Digits of a SHA-256. As many zeroes stand in the place of the text's own while it is summed.
  static let checksumDigits = 64

  private var unsummed: (before: String, after: String) {
    let before = """
      <?xml version="1.0" ?>
      <bmap version="2.0">
        <ImageSize> \(imageSize) </ImageSize>
        <BlockSize> \(blockSize) </BlockSize>
        <BlocksCount> \(blockCount) </BlocksCount>
        <MappedBlocksCount> \(mappedBlockCount) </MappedBlocksCount>
        <ChecksumType> sha256 </ChecksumType>
        <BmapFileChecksum>\u{20}
      """
    var lines = [" </BmapFileChecksum>", "  <BlockMap>"]
    for range in mapped {
      let (first, last) = (range.blocks.lowerBound, range.blocks.upperBound - 1)
      let blocks = first == last ? "\(first)" : "\(first)-\(last)"
      let sum = range.digest.map { " chksum=\"\($0.hexadecimal)\"" } ?? ""
      lines.append("    <Range\(sum)> \(blocks) </Range>")
    }
    lines += ["  </BlockMap>", "</bmap>", ""]
    return (before, lines.joined(separator: "\n"))
  }
}

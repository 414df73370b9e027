import Bytes

extension BlockMap {
  /// Reads a bmap file of version 2.0, whoever made it.
  ///
  /// - Parameter sha256: the digest of bytes, for the text's own checksum.
  public init(
    parsing text: [UInt8], sha256: (_ bytes: [UInt8]) -> [UInt8]
  ) throws(BlockMapError) {
    var scanner = BlockMapScanner(text)
    let version = try scanner.open("bmap")["version"]
    guard version == "2.0" else { throw .otherVersion(version) }
    let imageSize = try scanner.number("ImageSize")
    let blockSize = try scanner.number("BlockSize")
    let blockCount = try scanner.number("BlocksCount")
    let mappedCount = try scanner.number("MappedBlocksCount")
    let type = scanner.words(try scanner.element("ChecksumType"))
    guard type == "sha256" else { throw .otherChecksum(type) }
    let sumPlace = try scanner.element("BmapFileChecksum")
    let mapped = try scanner.blockMap()
    try scanner.close("bmap")
    try scanner.skip()
    guard scanner.offset == text.count else {
      throw .unexpected(offset: scanner.offset, wanted: "the end of the file")
    }
    try Self.check(text, sumPlace, told: scanner.words(sumPlace), sha256)
    try self.init(imageSize: imageSize, blockSize: blockSize, mapped: mapped)
    guard blockCount == self.blockCount else {
      throw .wrongCount(element: "BlocksCount", told: blockCount, counted: self.blockCount)
    }
    guard mappedCount == mappedBlockCount else {
      throw .wrongCount(
        element: "MappedBlocksCount", told: mappedCount, counted: mappedBlockCount)
    }
  }

  /// The text's own checksum is that of the text with zeroes in its place.
  private static func check(
    _ text: [UInt8], _ place: Range<Int>, told: String, _ sha256: ([UInt8]) -> [UInt8]
  ) throws(BlockMapError) {
    var unsummed = text
    if place.count == checksumDigits {
      for index in place { unsummed[index] = UInt8(ascii: "0") }
    }
    let counted = sha256(unsummed).hexadecimal
    guard told == counted else { throw .damaged(told: told, counted: counted) }
  }
}

extension BlockMapScanner {
  fileprivate mutating func number(_ name: String) throws(BlockMapError) -> UInt64 {
    let text = words(try element(name))
    guard let number = Self.number(text) else { throw .badNumber(element: name, text: text) }
    return number
  }

  /// Digits only, where Swift would take a sign as well.
  private static func number(_ text: some StringProtocol) -> UInt64? {
    text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      ? UInt64(text) : nil
  }

  fileprivate mutating func blockMap() throws(BlockMapError) -> [BlockMap.Mapped] {
    _ = try open("BlockMap")
    var mapped: [BlockMap.Mapped] = []
    try skip()
    while starts("<Range") {
      let attributes = try open("Range")
      let place = words(text())
      try close("Range")
      guard let blocks = Self.blocks(place) else { throw .badNumber(element: "Range", text: place) }
      let sum = attributes["chksum"]
      let digest = sum.flatMap(Self.digest)
      guard sum == nil || digest != nil else { throw .badDigest(sum ?? "", of: blocks) }
      mapped.append(BlockMap.Mapped(blocks: blocks, digest: digest))
      try skip()
    }
    try close("BlockMap")
    return mapped
  }

  /// `5` or `5-7`, the last one included.
  private static func blocks(_ text: String) -> Range<UInt64>? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count <= 2, let first = parts.first.flatMap({ number($0) }),
      let last = parts.last.flatMap({ number($0) }), first <= last, last < .max
    else { return nil }
    return first..<(last + 1)
  }

  private static func digest(_ text: String) -> [UInt8]? {
    let digits = Array(text.utf8)
    guard digits.count == BlockMap.checksumDigits else { return nil }
    var bytes: [UInt8] = []
    for index in stride(from: 0, to: digits.count, by: 2) {
      guard let high = digit(digits[index]), let low = digit(digits[index + 1]) else { return nil }
      bytes.append(high << 4 | low)
    }
    return bytes
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    default: nil
    }
  }
}

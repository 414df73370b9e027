import Bytes
import Diagnostics
import Foundation
import OutsideTools
import Partitions
import SeededGenerator
import Testing

/// Block maps of ours, judged by bmap-tools, and theirs, read by us.
@Suite struct BlockMapTests {
  static func sha256(_ bytes: [UInt8]) throws -> [UInt8] {
    try OutsideTool.withTemporaryFolder { folder in
      try Data(bytes).write(to: folder.appending(path: "bytes"))
      let sum = try OutsideTool.run("sha256sum", ["bytes"], in: folder)
      let digits = Array(sum.output.prefix(64))
      return try stride(from: 0, to: digits.count, by: 2).map {
        try #require(UInt8(String(digits[$0...($0 + 1)]), radix: 16))
      }
    }
  }

  /// No digest, but as long as one, and different for different bytes.
  static func shortSum(_ bytes: [UInt8]) -> [UInt8] {
    var sum: [UInt8] = []
    sum.append(bigEndian: CRC32.checksum(bytes.span.bytes))
    return sum + [UInt8](repeating: 0x5C, count: 28)
  }

  static func map(_ image: [UInt8], _ ranges: [Range<UInt64>]) throws -> BlockMap {
    let size = UInt64(image.count)
    return try BlockMap(
      imageSize: size,
      mapped: try BlockMap.blocks(holding: ranges, imageSize: size).map { blocks in
        let bytes = BlockMap.bytes(of: blocks, imageSize: size)
        return BlockMap.Mapped(
          blocks: blocks,
          digest: try sha256(Array(image[Int(bytes.lowerBound)..<Int(bytes.upperBound)])))
      })
  }

  /// An image of 1 MiB and a half block, with zeroes that are meant and such that are not.
  static let ranges: [Range<UInt64>] = [
    0..<512, 8192..<300_000, 600_000..<700_000, 1_048_000..<1_050_624,
  ]

  static func image() -> [UInt8] {
    var random = SeededGenerator(seed: 5)
    var image = [UInt8](repeating: 0, count: 1_050_624)
    for index in [0..<512, 8192..<250_000, 640_000..<700_000].joined() {
      image[index] = UInt8.random(in: 0...255, using: &random)
    }
    return image
  }

  static func text(_ map: BlockMap) throws -> String {
    // The writer's closure cannot throw; what it gave is told by what comes of it.
    map.text { (try? Self.sha256($0)) ?? [] }
  }

  @Test func bmaptoolWritesExactlyTheMappedBlocks() throws {
    let image = Self.image()
    let map = try Self.map(image, Self.ranges)
    let text = try Self.text(map)
    let written = map.mapped.map { map.bytes(of: $0.blocks) }
      .map { Int($0.lowerBound)..<Int($0.upperBound) }
    // What is not mapped is of no concern: in this image it is anything, and it does not get across.
    var filled = [UInt8](repeating: 0xA5, count: image.count)
    for range in written { filled.replaceSubrange(range, with: image[range]) }
    try OutsideTool.withTemporaryFolder { folder in
      try Data(filled).write(to: folder.appending(path: "card.img"))
      try Data(text.utf8).write(to: folder.appending(path: "card.img.bmap"))
      let copied = try OutsideTool.run(
        "bmaptool", ["copy", "--bmap", "card.img.bmap", "card.img", "card"], in: folder)
      #expect(copied.status == 0, "\(copied.output)")
      let card = Array(try Data(contentsOf: folder.appending(path: "card")))
      var expected = [UInt8](repeating: 0, count: image.count)
      for range in written { expected.replaceSubrange(range, with: image[range]) }
      // Arrays as long as these would be compared element by element in words.
      let isAsExpected = card == expected
      #expect(isAsExpected)
      let holdsAllMeant = Self.ranges.allSatisfy { range in
        let range = Int(range.lowerBound)..<Int(range.upperBound)
        return card[range] == image[range]
      }
      #expect(holdsAllMeant)
    }
  }

  @Test func bmaptoolFindsAWrongByte() throws {
    var image = Self.image()
    let text = try Self.text(try Self.map(image, Self.ranges))
    image[650_000] ^= 1
    try OutsideTool.withTemporaryFolder { folder in
      try Data(image).write(to: folder.appending(path: "card.img"))
      try Data(text.utf8).write(to: folder.appending(path: "card.img.bmap"))
      let copied = try OutsideTool.run(
        "bmaptool", ["copy", "--bmap", "card.img.bmap", "card.img", "card"], in: folder)
      #expect(copied.status != 0)
      #expect(copied.output.contains("checksum mismatch"), "\(copied.output)")
    }
  }

  @Test func bmaptoolsOwnMapsAreRead() throws {
    try OutsideTool.withTemporaryFolder { folder in
      let image = folder.appending(path: "card.img")
      try Data(Self.image()).write(to: image)
      let made = try OutsideTool.run(
        "sh", ["-c", "fallocate -d card.img && bmaptool create -o map card.img"], in: folder)
      #expect(made.status == 0, "\(made.output)")
      let text = Array(try Data(contentsOf: folder.appending(path: "map")))
      let map = try BlockMap(parsing: text) { (try? Self.sha256($0)) ?? [] }
      #expect(map.imageSize == 1_050_624 && map.blockCount == 257)
      for mapped in map.mapped {
        let bytes = map.bytes(of: mapped.blocks)
        let content = Self.image()[Int(bytes.lowerBound)..<Int(bytes.upperBound)]
        #expect(try Self.sha256(Array(content)) == mapped.digest)
      }
    }
  }

  @Test func theTextInFull() throws {
    let map = try BlockMap(
      imageSize: 40_000,
      mapped: [
        BlockMap.Mapped(blocks: 0..<1, digest: (0..<32).map { $0 }),
        BlockMap.Mapped(blocks: 2..<10, digest: [UInt8](repeating: 0xEE, count: 32)),
      ])
    let text = map.text { _ in [UInt8](repeating: 0xAB, count: 32) }
    #expect(
      text == """
        <?xml version="1.0" ?>
        <bmap version="2.0">
          <ImageSize> 40000 </ImageSize>
          <BlockSize> 4096 </BlockSize>
          <BlocksCount> 10 </BlocksCount>
          <MappedBlocksCount> 9 </MappedBlocksCount>
          <ChecksumType> sha256 </ChecksumType>
          <BmapFileChecksum> \(String(repeating: "ab", count: 32)) </BmapFileChecksum>
          <BlockMap>
            <Range chksum="000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"> 0 </Range>
            <Range chksum="\(String(repeating: "ee", count: 32))"> 2-9 </Range>
          </BlockMap>
        </bmap>

        """)
  }

  @Test func blocksHoldTheBytes() {
    func blocks(_ ranges: [Range<UInt64>]) -> [Range<UInt64>] {
      BlockMap.blocks(holding: ranges, imageSize: 1 << 20)
    }
    #expect(blocks([]) == [])
    #expect(blocks([0..<1]) == [0..<1])
    #expect(blocks([4095..<4097, 8192..<8192]) == [0..<2])
    #expect(blocks([12_288..<12_289, 0..<4096, 4096..<4097]) == [0..<2, 3..<4])
    #expect(blocks([0..<100_000, 5000..<6000, 90_000..<120_000]) == [0..<30])
    #expect(blocks([(1 << 20) - 1..<UInt64.max, (1 << 30)..<(1 << 31)]) == [255..<256])
  }

  @Test func whatCannotBeAMapIsRefused() {
    let digest = [UInt8](repeating: 1, count: 32)
    func refusal(
      _ blocks: [Range<UInt64>], digest: [UInt8], blockSize: UInt64 = 4096
    ) -> BlockMapError? {
      do throws(BlockMapError) {
        _ = try BlockMap(
          imageSize: 40_000, blockSize: blockSize,
          mapped: blocks.map { BlockMap.Mapped(blocks: $0, digest: digest) })
        return nil
      } catch {
        return error
      }
    }
    #expect(refusal([0..<10], digest: digest) == nil)
    #expect(
      refusal([0..<11], digest: digest) == .misplacedRange(0..<11, after: 0, blocks: 10))
    #expect(
      refusal([2..<3, 1..<2], digest: digest) == .misplacedRange(1..<2, after: 3, blocks: 10))
    #expect(refusal([3..<3], digest: digest) == .misplacedRange(3..<3, after: 0, blocks: 10))
    #expect(refusal([0..<1], digest: [1]) == .badDigest("01", of: 0..<1))
    #expect(refusal([], digest: digest, blockSize: 0) == .oddBlockSize(0))
    #expect(refusal([], digest: digest, blockSize: 1000) == .oddBlockSize(1000))
  }

  // MARK: Reading

  static func read(_ text: String) throws(BlockMapError) -> BlockMap {
    try BlockMap(parsing: Array(text.utf8), sha256: shortSum)
  }

  static func refusal(_ text: String) -> BlockMapError? {
    do throws(BlockMapError) {
      _ = try read(text)
      return nil
    } catch {
      return error
    }
  }

  /// The same text with a checksum that holds.
  static func summed(_ text: String) -> String {
    let parts = text.components(separatedBy: "<BmapFileChecksum> ")
    guard parts.count == 2 else { return text }
    let before = parts[0] + "<BmapFileChecksum> "
    let after = String(parts[1].dropFirst(64))
    let unsummed = before + String(repeating: "0", count: 64) + after
    return before + shortSum(Array(unsummed.utf8)).hexadecimal + after
  }

  static func example() throws -> BlockMap {
    let digest = [UInt8](repeating: 0xC7, count: 32)
    return try BlockMap(
      imageSize: 40_000,
      mapped: [
        BlockMap.Mapped(blocks: 0..<1, digest: digest),
        BlockMap.Mapped(blocks: 2..<10, digest: digest),
      ])
  }

  @Test func itsOwnTextIsRead() throws {
    let map = try Self.example()
    #expect(try Self.read(map.text(sha256: Self.shortSum)) == map)
    let empty = try BlockMap(imageSize: 0, mapped: [])
    #expect(try Self.read(empty.text(sha256: Self.shortSum)) == empty)
  }

  @Test func eachFaultIsNamed() throws {
    let text = try Self.example().text(sha256: Self.shortSum)
    func changed(_ old: String, _ new: String) -> BlockMapError? {
      #expect(text.contains(old))
      return Self.refusal(Self.summed(text.replacingOccurrences(of: old, with: new)))
    }
    #expect(Self.refusal("") == .unexpected(offset: 0, wanted: "`<bmap`"))
    #expect(Self.refusal("<html>") == .unexpected(offset: 0, wanted: "`<bmap`"))
    #expect(changed("version=\"2.0\"", "version=\"1.4\"") == .otherVersion("1.4"))
    #expect(changed(" version=\"2.0\"", "") == .otherVersion(nil))
    #expect(changed("sha256", "md5") == .otherChecksum("md5"))
    #expect(changed(" 40000 ", " +40000 ") == .badNumber(element: "ImageSize", text: "+40000"))
    #expect(
      changed(" 40000 ", " 400000000000000000000 ")
        == .badNumber(element: "ImageSize", text: "400000000000000000000"))
    #expect(changed(" 4096 ", " 4095 ") == .oddBlockSize(4095))
    #expect(
      changed("> 10 <", "> 11 <") == .wrongCount(element: "BlocksCount", told: 11, counted: 10))
    #expect(
      changed("> 9 <", "> 8 <") == .wrongCount(element: "MappedBlocksCount", told: 8, counted: 9))
    #expect(changed("2-9", "9-2") == .badNumber(element: "Range", text: "9-2"))
    #expect(changed("2-9", "2-9-") == .badNumber(element: "Range", text: "2-9-"))
    #expect(
      changed("2-9", "2-18446744073709551615")
        == .badNumber(element: "Range", text: "2-18446744073709551615"))
    #expect(
      changed("2-9", "2-18446744073709551614")
        == .misplacedRange(2..<UInt64.max, after: 1, blocks: 10))
    #expect(changed("chksum=\"c7", "chksum=\"x7")?.isBadDigest == true)
    #expect(changed("</bmap>\n", "</bmap>x")?.isUnexpected == true)
    #expect(Self.refusal(text.replacingOccurrences(of: "2-9", with: "1-9"))?.isDamaged == true)
  }

  /// Bytes that are a map's, changed and cut: read or refused, and never a map that reaches past its
  /// image.
  @Test(arguments: [UInt64](1...20)) func anyBytesAreReadOrRefused(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let text = try Self.example().text(sha256: Self.shortSum)
    let letters = Array("<>/\"-!? 0123456789abRange\0\u{FF}".utf8)
    for round in 0..<400 {
      var bytes = Array(text.utf8)
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[place] = letters.randomElement(using: &random) ?? 0
        case 1: bytes.remove(at: place)
        case 2: bytes.insert(letters.randomElement(using: &random) ?? 0, at: place)
        default: bytes.removeSubrange(place..<min(bytes.count, place + 40))
        }
      }
      // Half of them get past the checksum.
      let changed = String(decoding: bytes, as: UTF8.self)
      let tried = Bool.random(using: &random) ? Self.summed(changed) : changed
      guard let map = try? Self.read(tried) else { continue }
      for mapped in map.mapped {
        #expect(map.bytes(of: mapped.blocks).upperBound <= map.imageSize, "\(seed), \(round)")
      }
      #expect(try Self.read(map.text(sha256: Self.shortSum)) == map, "seed \(seed), \(round)")
    }
  }
}

extension BlockMapError {
  fileprivate var isBadDigest: Bool { if case .badDigest = self { true } else { false } }
  fileprivate var isUnexpected: Bool { if case .unexpected = self { true } else { false } }
  fileprivate var isDamaged: Bool { if case .damaged = self { true } else { false } }
}

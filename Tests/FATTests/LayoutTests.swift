import FAT
import Measures
import Testing

@Suite struct LayoutTests {
  @Test(
    arguments: [
      (.mebibytes(1), .fat12, 512), (.mebibytes(3), .fat12, 1024), (.mebibytes(4), .fat16, 512),
      (.mebibytes(64), .fat16, 2048), (.mebibytes(511), .fat16, 8192),
      (.mebibytes(512), .fat32, 4096), (.gibibytes(16), .fat32, 8192),
    ] as [(ByteCount, FATKind, ByteCount)])
  func sizeDecidesKindAndCluster(size: ByteCount, kind: FATKind, cluster: ByteCount) throws {
    let layout = try FATVolume(volumeID: 1, size: size).layout()
    #expect(layout.kind == kind)
    #expect(layout.clusterSize == cluster)
  }

  /// However large the volume, its number of clusters says its kind, with sixteen to spare.
  @Test func clusterCountsKeepAwayFromTheLimits() throws {
    for mebibytes in Array(1...600) + [1024, 4096, 8192, 8193, 32768, 1 << 20, (1 << 21) - 1] {
      let layout = try FATVolume(volumeID: 1, size: .mebibytes(UInt64(mebibytes))).layout()
      let root: UInt64 = layout.kind == .fat32 ? 1 : 0
      let count = layout.free.rawValue / layout.clusterSize.rawValue + root
      switch layout.kind {
      case .fat12: #expect(count <= 4084 - 16)
      case .fat16: #expect((4085 + 16...65524 - 16).contains(count))
      case .fat32: #expect((65525 + 16...0x0FFF_FFF4).contains(count))
      }
    }
  }

  @Test func rangesFollowEachOtherWithoutOverlap() throws {
    let volume = FATVolume(
      label: "X", volumeID: 1, size: .mebibytes(40), kind: .fat32,
      entries: VolumeTests.entries(cluster: 512))
    let layout = try volume.layout()
    var ranges = layout.metadata.map { $0.offset..<($0.offset + UInt64($0.bytes.count)) }
    ranges += layout.zeroes.map { $0.offset..<($0.offset + $0.length) }
    ranges += layout.files.map { $0.offset..<($0.offset + $0.size.rawValue) }
    ranges.sort { $0.lowerBound < $1.lowerBound }
    #expect(zip(ranges, ranges.dropFirst()).allSatisfy { $0.upperBound <= $1.lowerBound })
    #expect(ranges.last.map { $0.upperBound <= volume.size.rawValue } == true)
    #expect(layout.files.allSatisfy { $0.offset % 512 == 0 })
    // Everything up to the first folder is named, so nothing old can show through.
    let dense = zip(ranges, ranges.dropFirst()).prefix(6)
    #expect(dense.allSatisfy { $0.upperBound == $1.lowerBound })
  }

  @Test func emptyFilesHaveNoPlace() throws {
    let layout = try FATVolume(
      volumeID: 1, size: .mebibytes(1), entries: [.file("a", size: 0), .file("b", size: 1)]
    ).layout()
    #expect(layout.offset(of: "a") == nil)
    #expect(layout.offset(of: "b") == layout.files.first?.offset)
  }

  @Test(
    arguments: [
      (0, 0x0021, 0), (-1, 0x0021, 0), (Int64.max, 0xFF9F, 0xBF7D),
      (951_827_696, 0x285D, 0x645C),  // 2000-02-29 12:34:56
      (1_700_000_001, 0x576E, 0xB1AA),  // 2023-11-14 22:13:21
      (4_107_542_400, 0xF061, 0),  // 2100-03-01, after a February of 28 days
    ] as [(Int64, UInt16, UInt16)])
  func timesAreInUTCAndWithinReach(seconds: Int64, date: UInt16, time: UInt16) {
    let stamp = FATTimestamp(secondsSince1970: seconds)
    #expect(stamp.date == date)
    #expect(stamp.time == time)
  }
}

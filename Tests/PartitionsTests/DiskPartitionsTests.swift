import Bytes
import Foundation
import OutsideTools
import Partitions
import SeededGenerator
import Testing

/// The partitions of disks that sfdisk made, whatever kind of table they have.
@Suite struct DiskPartitionsTests {
  /// A disk of 64 MiB with the partitions of an sfdisk script.
  private func disk(_ script: String) throws -> [UInt8] {
    try OutsideTool.withTemporaryFolder { folder in
      let image = folder.appending(path: "disk")
      try Data(count: 64 << 20).write(to: image)
      let file = folder.appending(path: "script")
      try Data(script.utf8).write(to: file)
      let made = try OutsideTool.run("sh", ["-c", "sfdisk -q '\(image.path)' < '\(file.path)'"])
      #expect(made.status == 0, "\(made.output)")
      return Array(try Data(contentsOf: image))
    }
  }

  @Test func anMBRWithLogicalPartitions() throws {
    let disk = try disk(
      """
      label: dos
      label-id: 0x1234abcd
      2048,4096,c,*
      8192,65536,5
      10240,2048,83
      14336,4096,83
      """)
    let partitions = DiskPartitions(BytesInMemory(disk))
    #expect(partitions.table == .mbr && partitions.id == "1234abcd")
    #expect(partitions.entries.map(\.number) == [1, 5, 6])
    #expect(partitions.entries.map(\.sectors.lowerBound) == [2048, 10240, 14336])
    #expect(partitions.entries.map(\.isBootable) == [true, false, false])
    #expect(partitions[6]?.uuid == "1234abcd-06")
  }

  @Test func aGPT() throws {
    let disk = try disk(
      """
      label: gpt
      start=2048, size=4096, name=first
      start=8192, size=2048, uuid=01234567-89AB-CDEF-0123-456789ABCDEF, attrs=LegacyBIOSBootable
      """)
    let partitions = DiskPartitions(BytesInMemory(disk))
    #expect(partitions.table == .gpt && !partitions.isDamaged)
    #expect(partitions.entries.map(\.sectors) == [2048..<6144, 8192..<10240])
    #expect(partitions[2]?.isBootable == true)
    #expect(partitions[2]?.uuid == "01234567-89ab-cdef-0123-456789abcdef")
    #expect(partitions[1]?.name == "first")
    var damaged = disk
    damaged[1024 + 40] ^= 1
    #expect(DiskPartitions(BytesInMemory(damaged)).isDamaged)
  }

  /// Checksums that hold are no promise: bytes of such a sector would have no address.
  @Test(arguments: [UInt64(1) << 54, 1 << 60, .max - 1, .max]) func anEntryPastAllBytes(
    last: UInt64
  ) throws {
    var disk = try disk("label: gpt\nstart=2048, size=4096\nstart=8192, size=2048\n")
    func put(_ value: UInt64, _ count: Int, at offset: Int) {
      for index in 0..<count {
        disk[offset + index] = UInt8(truncatingIfNeeded: value >> (UInt64(index) * 8))
      }
    }
    put(last - 1, 8, at: 1024 + 128 + 32)
    put(last, 8, at: 1024 + 128 + 40)
    let entries = Array(disk[1024..<(1024 + 128 * 128)])
    put(UInt64(CRC32.checksum(entries.span.bytes)), 4, at: 512 + 88)
    put(0, 4, at: 512 + 16)
    let header = Array(disk[512..<(512 + 92)])
    put(UInt64(CRC32.checksum(header.span.bytes)), 4, at: 512 + 16)
    let partitions = DiskPartitions(BytesInMemory(disk))
    #expect(partitions.table == .gpt && partitions.entries.map(\.number) == [1])
  }

  @Test func noTable() {
    #expect(DiskPartitions(BytesInMemory([])).table == .none)
    #expect(DiskPartitions(BytesInMemory([UInt8](repeating: 0, count: 4096))).entries.isEmpty)
  }

  @Test(arguments: [UInt64](1...20))
  func anyBytesEnd(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<50 {
      var bytes = (0..<4096).map { _ in UInt8.random(in: 0...255, using: &random) }
      for start in stride(from: 0, to: 4096, by: 512) {
        (bytes[start + 510], bytes[start + 511]) = (0x55, 0xAA)
        // Slots whose flags are right, of extended partitions.
        for slot in 0..<4 {
          bytes[start + 446 + slot * 16] = 0
          if Bool.random(using: &random) { bytes[start + 450 + slot * 16] = 5 }
          bytes[start + 456 + slot * 16] = UInt8.random(in: 0..<3, using: &random)
        }
      }
      _ = DiskPartitions(BytesInMemory(bytes)).entries
    }
  }
}

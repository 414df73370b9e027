import Bytes
import Diagnostics
import Foundation
import OutsideTools
import Partitions
import SeededGenerator
import Testing

/// Tables of ours, judged by our reader, sfdisk and sgdisk.
@Suite struct GUIDPartitionTableTests {
  static func id(_ first: UInt8) throws -> GUID {
    try #require(GUID(derivedFrom: (0..<16).map { first &+ $0 }))
  }

  /// A disk of 64 MiB with a boot partition and a root.
  static func table(
    firstEntrySector: UInt64 = 2, entryCount: Int = 128, bootloader: Range<UInt64>? = nil
  ) throws -> GUIDPartitionTable {
    GUIDPartitionTable(
      diskID: try id(0x10),
      partitions: [
        GUIDPartition(
          type: .basicData, id: try id(0x20), name: "boot", sectors: 8192..<40_960,
          isBootable: true),
        GUIDPartition(type: .linux, id: try id(0x30), name: "root", sectors: 40_960..<122_880),
      ], diskSectors: 131_072, firstEntrySector: firstEntrySector, entryCount: entryCount,
      bootloader: bootloader)
  }

  static func disk(_ table: GUIDPartitionTable) throws -> [UInt8] {
    var disk = [UInt8](repeating: 0, count: Int(table.diskSectors) * 512)
    for piece in try table.encoded() {
      let start = Int(piece.offset)
      disk.replaceSubrange(start..<(start + piece.bytes.count), with: piece.bytes)
    }
    return disk
  }

  static func refusal(_ table: GUIDPartitionTable) -> GUIDTableError? {
    do throws(GUIDTableError) {
      _ = try table.encoded()
      return nil
    } catch {
      return error
    }
  }

  /// A bootloader of 560 KiB where an A20 looks for it.
  static let bootloader: Range<UInt64> = 0x2000..<0x8E000

  static func layouts() throws -> [GUIDPartitionTable] {
    [
      try table(),
      try table(firstEntrySector: 2016, bootloader: bootloader),
      try table(entryCount: 56, bootloader: bootloader),
    ]
  }

  @Test(arguments: 0..<3) func ourReaderReadsThem(layout: Int) throws {
    let table = try Self.layouts()[layout]
    let read = DiskPartitions(BytesInMemory(try Self.disk(table)))
    #expect(read.table == .gpt && !read.isDamaged)
    #expect(read.id == "10111213-1415-8617-9819-1a1b1c1d1e1f")
    #expect(read.entries.map(\.sectors) == table.partitions.map(\.sectors))
    #expect(read.entries.map(\.name) == ["boot", "root"])
    #expect(read.entries.map(\.typeID) == [.basicData, .linux])
    #expect(read.entries.map(\.isBootable) == [true, false])
    #expect(
      read.entries.map(\.uuid) == [
        "20212223-2425-8627-a829-2a2b2c2d2e2f", "30313233-3435-8637-b839-3a3b3c3d3e3f",
      ])
  }

  @Test(arguments: 0..<3) func sfdiskAndSgdiskFindNoFault(layout: Int) throws {
    let table = try Self.layouts()[layout]
    let disk = try Self.disk(table)
    try OutsideTool.withTemporaryFolder { folder in
      try Data(disk).write(to: folder.appending(path: "card"))
      let sfdisk = try OutsideTool.run("sfdisk", ["--verify", "card"], in: folder)
      #expect(sfdisk.status == 0, "\(sfdisk.output)")
      #expect(sfdisk.output.contains("No errors detected."), "\(sfdisk.output)")
      let sgdisk = try OutsideTool.run("sgdisk", ["-v", "card"], in: folder)
      #expect(sgdisk.status == 0, "\(sgdisk.output)")
      #expect(sgdisk.output.contains("No problems found."), "\(sgdisk.output)")
      let dump = try OutsideTool.run("sfdisk", ["-d", "card"], in: folder)
      let lines = dump.output.split(separator: "\n").map(String.init)
      #expect(lines.contains("label-id: 10111213-1415-8617-9819-1A1B1C1D1E1F"))
      let expected = """
        card1 : start=        8192, size=       32768, \
        type=EBD0A0A2-B9E5-4433-87C0-68B6B72699C7, \
        uuid=20212223-2425-8627-A829-2A2B2C2D2E2F, name="boot", attrs="LegacyBIOSBootable"
        card2 : start=       40960, size=       81920, \
        type=0FC63DAF-8483-4772-8E79-3D69D8477DE4, \
        uuid=30313233-3435-8637-B839-3A3B3C3D3E3F, name="root"
        """
      #expect(lines.suffix(2).joined(separator: "\n") == expected)
    }
  }

  /// The second table is a whole one: where the first is lost, sgdisk mends the disk from it.
  @Test func theSecondTableMendsTheFirst() throws {
    var disk = try Self.disk(try Self.table())
    for index in 512..<1024 { disk[index] = 0 }
    try OutsideTool.withTemporaryFolder { folder in
      try Data(disk).write(to: folder.appending(path: "card"))
      let dump = try OutsideTool.run("sgdisk", ["-p", "card"], in: folder)
      #expect(dump.output.contains("root"), "\(dump.output)")
      #expect(dump.output.contains("boot"), "\(dump.output)")
    }
  }

  @Test func theTableStaysOutOfTheBootloader() throws {
    for table in try Self.layouts().dropFirst() {
      for piece in try table.encoded() {
        let bytes = piece.offset..<(piece.offset + UInt64(piece.bytes.count))
        #expect(!bytes.overlaps(Self.bootloader))
      }
      #expect(try table.usableSectors().lowerBound * 512 >= Self.bootloader.upperBound)
    }
    let usual = try Self.table(bootloader: Self.bootloader)
    let error = try #require(Self.refusal(usual))
    #expect(error == .bootloaderInEntries(bootloader: 0x2000..<0x8E000, entries: 0x400..<0x4400))
    #expect(
      error.diagnostic
        == Diagnostic(
          .error,
          "the bootloader (bytes 0x2000 to 0x8dfff) and the entries of the GPT "
            + "(bytes 0x400 to 0x43ff) overlap",
          help: "begin the entries behind the bootloader, or have at most 56 of them"))
    #expect(GUIDPartitionTable.entryCount(endingBefore: 0x2000) == 56)
    #expect(GUIDPartitionTable.entryCount(endingBefore: 0x400) == 0)
    #expect(GUIDPartitionTable.entryCount(endingBefore: .max) == 128)
  }

  @Test func whatCannotBeATableIsRefused() throws {
    var table = try Self.table()
    table.partitions[1].sectors = 40_959..<122_880
    #expect(
      Self.refusal(table) == .overlap(first: 1, 8192..<40_960, second: 2, 40_959..<122_880))
    table.partitions[1].sectors = 40_960..<131_040
    #expect(Self.refusal(table) == .outside(number: 2, 40_960..<131_040, usable: 34..<131_039))
    table.partitions[1].sectors = 50_000..<50_000
    #expect(Self.refusal(table) == .empty(number: 2))
    table.partitions[1].sectors = 50_000..<50_001
    table.partitions[1].name = String(repeating: "x", count: 37)
    #expect(Self.refusal(table) == .longName(number: 2, table.partitions[1].name))
    table = try Self.table(entryCount: 58)
    #expect(Self.refusal(table) == .oddEntryCount(58))
    table = try Self.table(firstEntrySector: 1)
    #expect(Self.refusal(table) == .entriesCoverHeader(1))
    table = try Self.table(bootloader: 0x200..<0x400)
    #expect(Self.refusal(table) == .bootloaderCoversHeader(0x200..<0x400))
    table = try Self.table(entryCount: 4)
    table.partitions += [table.partitions, table.partitions].flatMap { $0 }
    #expect(Self.refusal(table) == .tooMany(6, room: 4))
    for sectors: UInt64 in [0, 1, 40, 67, 1 << 54, .max] {
      table = try Self.table()
      table.diskSectors = sectors
      #expect(Self.refusal(table) == .diskTooSmall(sectors: sectors))
    }
    for start: UInt64 in [131_000, 1 << 54, .max] {
      #expect(Self.refusal(try Self.table(firstEntrySector: start)) != nil)
    }
    for end: UInt64 in [64 << 20, 1 << 63, .max] {
      #expect(Self.refusal(try Self.table(bootloader: 0x8000..<end)) != nil)
    }
  }

  /// Whatever numbers are asked for, the table is refused or read back as it was meant.
  @Test(arguments: [UInt64](1...20)) func anyNumbers(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    func number(_ most: UInt64) -> UInt64 { UInt64.random(in: 0...most, using: &random) }
    for round in 0..<100 {
      var table = try Self.table(
        firstEntrySector: number(3000), entryCount: Int(number(64)) * 4,
        bootloader: Bool.random(using: &random) ? 0x2000..<(0x2001 + number(1 << 20)) : nil)
      table.diskSectors = number(8192)
      table.partitions = try (0..<Int(number(6))).map { index in
        let start = number(table.diskSectors)
        return GUIDPartition(
          type: .linux, id: try Self.id(UInt8(index)), name: "p\(index)",
          sectors: start..<(start + number(2000)))
      }
      guard let pieces = try? table.encoded() else { continue }
      let ends = pieces.map { ($0.offset, $0.offset + UInt64($0.bytes.count)) }
      #expect(zip(ends, ends.dropFirst()).allSatisfy { $0.1 <= $1.0 }, "seed \(seed), \(round)")
      #expect(ends.last?.1 == table.diskSectors * 512, "seed \(seed), \(round)")
      let read = DiskPartitions(BytesInMemory(try Self.disk(table)))
      #expect(
        read.entries.map(\.sectors) == table.partitions.map(\.sectors), "seed \(seed), \(round)")
    }
  }
}

import Diagnostics
import Foundation
import OutsideTools
import Partitions
import Testing

@Suite struct MasterBootRecordTests {
  static let boot = Partition(
    type: .fat16LBA, bootable: true, firstSector: 2048, sectorCount: 131_072)
  static let root = Partition(type: .linux, firstSector: 139_264, sectorCount: 65_536)

  static func refusal(_ partitions: [Partition]) -> PartitionError? {
    do throws(PartitionError) {
      _ = try MasterBootRecord(diskSignature: 1, partitions: partitions).encoded()
      return nil
    } catch {
      return error
    }
  }

  static func parsed(_ bytes: [UInt8]) throws(PartitionError) -> MasterBootRecord {
    try MasterBootRecord(parsing: bytes.span.bytes)
  }

  @Test func sfdiskReadsWhatWasMeant() throws {
    let table = MasterBootRecord(
      diskSignature: 0x1234_ABCD,
      partitions: [
        Self.boot, .unused, Self.root,
        Partition(type: .fat12, firstSector: 204_800, sectorCount: 1),
      ])
    try OutsideTool.withTemporaryFolder { folder in
      let image = folder.appendingPathComponent("card")
      try Data(try table.encoded()).write(to: image)
      let file = try FileHandle(forWritingTo: image)
      try file.truncate(atOffset: 128 << 20)
      try file.close()
      let dump = try OutsideTool.run("sfdisk", ["-d", "card"], in: folder)
      #expect(
        dump.output == """
          label: dos
          label-id: 0x1234abcd
          device: card
          unit: sectors
          sector-size: 512

          card1 : start=        2048, size=      131072, type=e, bootable
          card3 : start=      139264, size=       65536, type=83
          card4 : start=      204800, size=           1, type=1

          """)
      let verdict = try OutsideTool.run("sfdisk", ["--verify", "card"], in: folder)
      #expect(verdict.status == 0, "\(verdict.output)")
      #expect(verdict.output.contains("No errors detected."), "\(verdict.output)")
    }
  }

  @Test func readsItsOwnBytes() throws {
    let table = MasterBootRecord(
      diskSignature: 0xDEAD_BEEF, partitions: [.unused, Self.boot, Self.root])
    let bytes = try table.encoded()
    #expect(bytes.count == MasterBootRecord.sectorSize)
    #expect(try Self.parsed(bytes) == table)
    #expect(try Self.parsed(bytes + bytes) == table)
  }

  @Test func aTableMayReachToTheLastSector() throws {
    let last = Partition(type: .linux, firstSector: .max, sectorCount: 1)
    #expect(Self.refusal([last]) == nil)
    let behind = Partition(type: .linux, firstSector: .max, sectorCount: 2)
    #expect(Self.refusal([behind]) == .beyondReach(number: 1, end: 1 << 32))
  }

  @Test func refusesOverlapAndNamesBoth() throws {
    var root = Self.root
    root.firstSector = 133_119
    let error = try #require(Self.refusal([Self.boot, .unused, root]))
    #expect(
      error.diagnostic
        == Diagnostic(
          .error, "partitions 1 and 3 overlap",
          notes: [
            "partition 1 takes sectors 2048 to 133119",
            "partition 3 takes sectors 133119 to 198654",
          ], help: "move or shrink one of them"))
    root.firstSector = 133_120
    #expect(Self.refusal([Self.boot, root]) == nil)
  }

  @Test func refusesWhatIsNoPartition() {
    let none = Partition(type: .linux, firstSector: 2048, sectorCount: 0)
    let onTable = Partition(type: .linux, firstSector: 0, sectorCount: 8)
    #expect(Self.refusal([Self.boot, none]) == .empty(number: 2))
    #expect(Self.refusal([onTable]) == .coversTable(number: 1))
    #expect(Self.refusal(Array(repeating: .unused, count: 5)) == .tooMany(5))
  }

  @Test func refusesBytesThatAreNoTable() throws {
    let good = try MasterBootRecord(diskSignature: 1, partitions: [Self.boot]).encoded()
    #expect(throws: PartitionError.truncated(count: 511)) { try Self.parsed(Array(good[..<511])) }
    #expect(throws: PartitionError.truncated(count: 0)) { try Self.parsed([]) }
    #expect(throws: PartitionError.noSignature) { try Self.parsed(Array(repeating: 0, count: 512)) }
    var bootSector = good
    bootSector[0x1BE + 16] = 0x6F
    #expect(throws: PartitionError.strangeSlot(number: 2, flag: 0x6F)) {
      try Self.parsed(bootSector)
    }
  }
}

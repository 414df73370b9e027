import FAT
import Foundation
import ImagePlan
import Measures
import OutsideTools
import Testing

/// Where things lie on a card, in our words and in those of other programs.
@Suite struct LayoutTests {
  private let plan: ImagePlan

  init() throws { plan = try ImagePlan(Sample.card()) }

  private static func lines(_ plan: ImagePlan) -> [String] {
    plan.regions.map { "\($0.offset) \($0.size.rawValue) \($0.name)" }
  }

  @Test func regions() throws {
    #expect(plan.size == .mebibytes(9))
    #expect(plan.diskSignature == 0x0102_0304)
    #expect(
      Self.lines(plan) == [
        "0 512 partition table", "8192 300000 bootloader", "1048576 8388608 boot partition (FAT)",
      ])
    let bare = try ImagePlan(Sample.card(bootloader: nil))
    #expect(
      Self.lines(bare) == ["0 512 partition table", "1048576 8388608 boot partition (FAT)"])
  }

  @Test func piecesLieApartAndInOrder() {
    for (piece, next) in zip(plan.pieces, plan.pieces.dropFirst()) {
      #expect(piece.offset + UInt64(piece.bytes.count) <= next.offset)
    }
    let end = plan.pieces.last.map { $0.offset + UInt64($0.bytes.count) } ?? 0
    #expect(end <= plan.size.rawValue)
    #expect(plan.written.rawValue == plan.pieces.reduce(0) { $0 + UInt64($1.bytes.count) })
    #expect(plan.written < .mebibytes(1))
    #expect(plan.pieces.map(\.offset).starts(with: [0, Sample.spl, 1 << 20]))
  }

  @Test func thePartitionTable() throws {
    let dump = try plan.withImage { (folder) throws in
      try OutsideTool.run("sfdisk", ["-d", "card.img"], in: folder)
    }
    #expect(
      dump.output == """
        label: dos
        label-id: 0x01020304
        device: card.img
        unit: sectors
        sector-size: 512

        card.img1 : start=        2048, size=       16384, type=e, bootable

        """)
  }

  @Test(
    arguments: [(.fat12, 2, "1"), (.fat16, 16, "e"), (.fat32, 64, "c")]
      as [(FATKind, UInt64, String)])
  func theKindIsInTheTable(kind: FATKind, mebibytes: UInt64, type: String) throws {
    let plan = try ImagePlan(Sample.card(bootKind: kind, bootSize: .mebibytes(mebibytes)))
    let dump = try plan.withImage { (folder) throws in
      let partition = try Self.partition(of: plan, in: folder)
      let check = try OutsideTool.run("fsck.fat", ["-n", "-v", partition.path])
      #expect(check.status == 0, "\(check.output)")
      #expect(
        check.output.contains("FATs, \(kind.rawValue.dropFirst(3)) bit entries"), "\(check.output)")
      return try OutsideTool.run("sfdisk", ["-d", "card.img"], in: folder)
    }
    #expect(dump.output.contains("size=\(Self.padded(mebibytes * 2048)), type=\(type), bootable"))
  }

  @Test func theBootPartition() throws {
    try plan.withImage { (folder) throws in
      let partition = try Self.partition(of: plan, in: folder)
      let check = try OutsideTool.run("fsck.fat", ["-n", partition.path])
      #expect(check.status == 0, "\(check.output)")
      // The version, then the count of files and clusters; a complaint would be a further line.
      #expect(check.output.split(separator: "\n").count == 2, "\(check.output)")

      for file in [Sample.kernel, Sample.script, Sample.empty] {
        let copy = try OutsideTool.run(
          "mcopy", ["-n", "-i", "card.img@@1M", "::/\(file.path)", file.path], in: folder)
        #expect(copy.status == 0 && copy.output == "", "\(copy.output)")
        let bytes = try Data(contentsOf: folder.appendingPathComponent(file.path))
        #expect(bytes.elementsEqual(file.bytes), "\(file.path) reads back as something else")
      }
      let info = try OutsideTool.run("minfo", ["-i", "card.img@@1M", "::"], in: folder).output
      #expect(info.contains("serial number: 0A0B0C0D"), "\(info)")
      #expect(info.contains("hidden sectors: 2048"), "\(info)")
      let listing = try OutsideTool.run("mdir", ["-i", "card.img@@1M", "::"], in: folder).output
      #expect(listing.contains("2023-11-14  22:13"), "\(listing)")
      #expect(listing.contains("Volume in drive : is BOOT"), "\(listing)")
    }
  }

  @Test func theBootloaderLiesWhereTheROMLooks() throws {
    let image = plan.image
    let bootloader = Sample.content("U-Boot", 300_000)
    #expect(image[Int(Sample.spl)...].prefix(300_000).elementsEqual(bootloader))
  }

  private static func partition(of plan: ImagePlan, in folder: URL) throws -> URL {
    let partition = folder.appendingPathComponent("partition")
    let region = try #require(plan.regions.last)
    let start = Int(region.offset)
    try plan.image[start..<start + Int(region.size.rawValue)].write(to: partition)
    return partition
  }

  /// sfdisk's columns.
  private static func padded(_ number: UInt64) -> String {
    String(repeating: " ", count: max(0, 12 - "\(number)".count)) + "\(number)"
  }
}

import Foundation
import ImagePlan
import Measures
import OutsideTools
import Testing

/// A root partition behind the boot partition.
@Suite struct RootPartitionTests {
  private static func plan(root size: ByteCount?) throws -> ImagePlan {
    var card = Sample.card()
    card.root = CardLayout.RootPartition(size: size)
    return try ImagePlan(card)
  }

  @Test func itStartsAtAMultipleOfFourMebibytes() throws {
    let plan = try Self.plan(root: .mebibytes(20))
    #expect(plan.rootOffset == 12 << 20)
    #expect(plan.size == .mebibytes(32))
    #expect(
      plan.partitions.map { "\($0.number) \($0.offset) \($0.size.rawValue)" } == [
        "1 1048576 8388608", "2 12582912 20971520",
      ])
    let dump = try plan.withImage { (folder) throws in
      try OutsideTool.run("sfdisk", ["-d", "card.img"], in: folder)
    }
    #expect(dump.output.contains("card.img2 : start=       24576, size=       40960, type=83"))
    let check = try plan.withImage { (folder) throws in
      try OutsideTool.run("sfdisk", ["--verify", "card.img"], in: folder)
    }
    #expect(check.status == 0, "\(check.output)")
  }

  /// As long as nobody knows how large it becomes, it is no entry of the table.
  @Test func aSizeThatIsNotKnownYet() throws {
    let plan = try Self.plan(root: nil)
    #expect(plan.rootOffset == 12 << 20)
    #expect(plan.partitions.map(\.number) == [1])
  }

  @Test func anOddSize() throws {
    #expect(
      throws: ImagePlanError.oddPartitionSize(ByteCount(1_000_000), multiple: .mebibytes(1))
    ) { try Self.plan(root: ByteCount(1_000_000)) }
  }

  @Test(
    arguments: [
      ([0x8D, 0xBC, 0x55, 0xCF], 2, "8dbc55cf-02"), ([0, 0, 0, 0x1F], 1, "0000001f-01"),
      ([], 17, "00000001-11"),
    ] as [([UInt8], Int, String)])
  func itsNameForLinux(digest: [UInt8], number: Int, name: String) {
    #expect(DiskIdentity(digest: digest).partitionUUID(number) == name)
  }
}

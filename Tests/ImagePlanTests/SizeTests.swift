import Diagnostics
import FAT
import ImagePlan
import Measures
import Testing

/// How large a card becomes, and what does not fit.
@Suite struct SizeTests {
  /// `accepted: BYTES`, or `message (help)`.
  private static func outcome(_ card: CardLayout) -> String {
    do {
      return "accepted: \(try ImagePlan(card).size.rawValue)"
    } catch {
      let diagnostic = error.diagnostic
      return "\(diagnostic.message) (\(diagnostic.help ?? "no help"))"
    }
  }

  private static func bootloader(_ count: Int, at offset: UInt64 = Sample.spl) -> CardLayout {
    Sample.card(
      bootloader: .init(offset: offset, bytes: [UInt8](repeating: 0xB0, count: count)))
  }

  private static let first = 1 << 20

  @Test func aBootloaderMayReachThePartition() {
    #expect(Self.outcome(Self.bootloader(Self.first - 8192)) == "accepted: \(9 << 20)")
  }

  @Test func aBootloaderMayNotReachIntoThePartition() {
    #expect(
      Self.outcome(Self.bootloader(Self.first - 8191)) == """
        the bootloader (1016 KiB from 8 KiB on) overlaps the boot partition, which starts at \
        1 MiB (use a bootloader that ends before the partition: check that \
        `inputs: bootloader:` is a u-boot-sunxi-with-spl.bin)
        """)
    let far = Self.bootloader(1, at: .max)
    #expect(Self.outcome(far).contains("overlaps the boot partition"))
  }

  @Test func aBootloaderMayNotCoverThePartitionTable() {
    #expect(Self.outcome(Self.bootloader(1, at: 512)) == "accepted: \(9 << 20)")
    for offset: UInt64 in [0, 511] {
      #expect(
        Self.outcome(Self.bootloader(1, at: offset)) == """
          the bootloader (1 B from \(offset) B on) overlaps the partition table, which takes the \
          first 512 bytes (correct `spl: offset:` in the file of the board's SoC)
          """)
    }
  }

  /// With the mebibyte before it, a partition of 2ⁿ - 1 MiB makes exactly a power of two.
  @Test(
    arguments: [
      (7, false, 8), (8, false, 9), (15, true, 16), (16, true, 32), (8, true, 16), (7, true, 8),
    ] as [(UInt64, Bool, UInt64)])
  func automaticSizes(boot: UInt64, powerOfTwo: Bool, image: UInt64) {
    let card = Sample.card(bootSize: .mebibytes(boot), powerOfTwo: powerOfTwo)
    #expect(Self.outcome(card) == "accepted: \(image << 20)")
  }

  @Test(arguments: [(9 << 20, false), ((9 << 20) + 512, false), (16 << 20, true), (1 << 40, true)])
  func askedSizes(size: Int, powerOfTwo: Bool) {
    let card = Sample.card(imageSize: ByteCount(size), powerOfTwo: powerOfTwo)
    #expect(Self.outcome(card) == "accepted: \(size)")
  }

  @Test(arguments: [
    (
      (9 << 20) - 512, false,
      "an image of 8.9 MiB cannot hold the card, which takes 9437184 bytes (ask for `image: size: "
        + "9MiB` or more, or `auto`)"
    ),
    (
      0, false,
      "an image of 0 B cannot hold the card, which takes 9437184 bytes (ask for `image: size: "
        + "9MiB` or more, or `auto`)"
    ),
    (
      8 << 20, true,
      "an image of 8 MiB cannot hold the card, which takes 16777216 bytes (ask for `image: size: "
        + "16MiB` or more, or `auto`)"
    ),
    (
      (9 << 20) + 511, false,
      "an image of 9437695 bytes is no whole number of 512-byte sectors (use `image: size: auto`)"
    ),
    (
      48 << 20, true,
      "an image of 48 MiB would be refused by the machine: it takes powers of two only (use "
        + "`image: size: auto`)"
    ),
  ])
  func refusedSizes(size: Int, powerOfTwo: Bool, words: String) {
    #expect(
      Self.outcome(Sample.card(imageSize: ByteCount(size), powerOfTwo: powerOfTwo)) == words)
  }

  @Test(arguments: [0, (8 << 20) - 1, (8 << 20) + 512, 1 << 41, .max] as [UInt64])
  func refusedPartitions(size: UInt64) {
    #expect(
      Self.outcome(Sample.card(bootSize: ByteCount(size))) == """
        a partition of \(size) bytes is no multiple of 1 MiB, or too large (use a size such \
        as 64MiB)
        """)
  }

  @Test func aPartitionThatTheKindCannotHave() {
    #expect(
      throws: ImagePlanError.bootPartition(.size(.mebibytes(8), kind: .fat32))
    ) {
      try ImagePlan(Sample.card(bootKind: .fat32))
    }
  }

  @Test func contentThatDoesNotFit() throws {
    let large = CardLayout.BootFile(path: "kernel", bytes: Sample.content("kernel", 9 << 20))
    let error = #expect(throws: ImagePlanError.self) {
      try ImagePlan(Sample.card(bootFiles: [large]))
    }
    guard case .bootPartition(.full(size: .mebibytes(8), missing: let missing)) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(missing > .mebibytes(1) && missing < .mebibytes(2))
    #expect(error?.diagnostic == FATError.full(size: .mebibytes(8), missing: missing).diagnostic)
  }
}

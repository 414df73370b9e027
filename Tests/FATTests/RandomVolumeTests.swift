import FAT
import Measures
import OutsideTools
import SeededGenerator
import Testing

@Suite struct RandomVolumeTests {
  /// The seed is the test's argument, so a failure names it.
  @Test(arguments: 1...10 as ClosedRange<UInt64>)
  func othersReadWhateverTreeThereIs(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let (kind, sizes): (FATKind, ClosedRange<UInt64>) =
      switch seed % 5 {
      case 0: (.fat32, 34 << 20...40 << 20)
      case 1, 2: (.fat16, 5 << 20...18 << 20)
      default: (.fat12, 300 << 10...5 << 20)
      }
    let size = UInt64.random(in: sizes, using: &random)
    let entries = Self.tree(&random, bytes: size / 2)
    let volume = FATVolume(
      label: Bool.random(using: &random) ? "RANDOM" : "", volumeID: random.next(),
      size: ByteCount(size), kind: kind, entries: entries)
    try OutsideTool.withTemporaryFolder { folder in
      try Card(volume, in: folder).expectSound()
    }
    var shuffled = volume
    shuffled.entries.shuffle(using: &random)
    #expect(try shuffled.layout() == volume.layout())
  }

  /// Folders within folders and files of any size in them, no two names alike.
  static func tree(_ random: inout SeededGenerator, bytes: UInt64) -> [FATEntry] {
    var folders = [""]
    var names: Set<String> = []
    var entries: [FATEntry] = []
    var left = bytes
    for _ in 0..<Int.random(in: 1...60, using: &random) {
      let path = folders.randomElement(using: &random, or: "") + name(&random)
      guard names.insert(path.uppercased()).inserted else { continue }
      if Int.random(in: 0..<5, using: &random) == 0 {
        entries.append(.folder(path))
        folders.append(path + "/")
      } else {
        let size = UInt64.random(in: 0...min(left, 200_000), using: &random)
        // Now and then whole clusters, of whatever size they are.
        let even = Bool.random(using: &random) ? size : size / 4096 * 4096
        left -= even
        entries.append(.file(path, size: ByteCount(even)))
      }
    }
    return entries
  }

  private static func name(_ random: inout SeededGenerator) -> String {
    let letters = Array("aAbBzZ09.-_ ~+é本")
    let length = [1, 3, 8, 12, 13, 14, 26, 27, 100].randomElement(using: &random, or: 1)
    let name = (0..<length).map { _ in letters.randomElement(using: &random, or: "a") }
    return String(name) + ["x", ".txt", ".TXT", "1"].randomElement(using: &random, or: "x")
  }
}

extension Array {
  fileprivate func randomElement(
    using random: inout SeededGenerator, or fallback: Element
  ) -> Element {
    randomElement(using: &random) ?? fallback
  }
}

extension FATVolume {
  fileprivate init(
    label: String, volumeID: UInt64, size: ByteCount, kind: FATKind, entries: [FATEntry]
  ) {
    self.init(
      label: label, volumeID: UInt32(truncatingIfNeeded: volumeID), size: size, kind: kind,
      entries: entries)
  }
}

import FAT
import Foundation
import ImagePlan
import Measures
import OutsideTools

/// Small cards.
enum Sample {
  static let kernel = CardLayout.BootFile(path: "kernel", bytes: content("kernel", 70_001))
  static let script = CardLayout.BootFile(path: "boot.scr", bytes: content("script", 513))
  static let empty = CardLayout.BootFile(path: "empty", bytes: [])
  static let spl: UInt64 = 8 << 10

  static func card(
    bootloader: CardLayout.Bootloader? = .init(offset: spl, bytes: content("U-Boot", 300_000)),
    bootFiles: [CardLayout.BootFile] = [kernel, script, empty], bootKind: FATKind = .fat16,
    bootSize: ByteCount = .mebibytes(8), imageSize: ByteCount? = nil, powerOfTwo: Bool = false,
    identity: [UInt8] = [1, 2, 3, 4, 0xA, 0xB, 0xC, 0xD]
  ) -> CardLayout {
    CardLayout(
      bootloader: bootloader, bootFiles: bootFiles, bootKind: bootKind, bootSize: bootSize,
      imageSize: imageSize, powerOfTwo: powerOfTwo, identity: identity, modified: 1_700_000_000)
  }

  /// Bytes in a rhythm that no sector has.
  static func content(_ word: String, _ count: Int) -> [UInt8] {
    let word = Array((word + " lies here. ").utf8)
    return (0..<count).map { word[$0 % word.count] }
  }
}

extension ImagePlan {
  /// The image: the pieces in their places, zeroes between them.
  var image: Data {
    var bytes = Data(count: Int(size.rawValue))
    for piece in pieces {
      let start = Int(piece.offset)
      bytes.replaceSubrange(start..<start + piece.bytes.count, with: piece.bytes)
    }
    return bytes
  }

  /// Writes the image into a temporary folder and calls `body` with that folder.
  func withImage<T>(_ body: (URL) throws -> T) throws -> T {
    try OutsideTool.withTemporaryFolder { (folder) throws in
      try image.write(to: folder.appendingPathComponent("card.img"))
      return try body(folder)
    }
  }
}

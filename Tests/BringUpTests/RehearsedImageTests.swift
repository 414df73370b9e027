import Boards
import BringUp
import Foundation
import OutsideTools
import SystemPackage
import Testing
import Workspace

/// Images that nobody's bootloader starts: each ends in a word, and none in a trap.
@Suite struct RehearsedImageTests {
  /// The rehearsal of an image of zeroes with a table that says where its first partition begins, on an
  /// A20 whose boot ROM looks for the SPL at `offset`.
  private static func error(
    spl offset: String, partition first: UInt32?
  ) throws -> RehearsalError? {
    let data = try DataFiles(
      project: nil, surroundings: Surroundings(environment: ["HOME": "/nowhere"]))
    let board = try data.boards().board(named: "cubietruck")
    let root = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let shipped = try String(
      contentsOf: root.appending(path: "Boards/soc/a20.yaml"), encoding: .utf8)
    let soc = try SoC(
      text: shipped.replacing("offset: 8KiB", with: "offset: \(offset)"), file: "a20.yaml")
    #expect(soc.spl != nil && shipped.contains("offset: 8KiB"))
    var image = [UInt8](repeating: 0, count: 12 << 20)
    if let first {
      image[450] = 0x0C
      for byte in 0..<4 {
        image[454 + byte] = UInt8(truncatingIfNeeded: first >> UInt32(8 * byte))
        image[458 + byte] = UInt8(truncatingIfNeeded: 2048 >> (8 * byte))
      }
      (image[510], image[511]) = (0x55, 0xAA)
    }
    let folder = try TemporaryFolder()
    let path = FilePath(folder.path).appending("card.img")
    try Data(image).write(to: URL(filePath: path.string))
    return #expect(throws: RehearsalError.self) {
      try RehearsedBoot(image: path, board: board, soc: soc)
    }
  }

  /// What is searched ends 4 MiB from the card's start, or where the first partition begins.
  @Test(
    arguments: [
      ("8KiB", nil), ("8KiB", 2048), ("4MiB", nil), ("8MiB", nil), ("8MiB", 2048), ("1MiB", 2048),
      ("64MiB", nil),
    ] as [(String, UInt32?)])
  func anSPLBehindWhatIsSearched(offset: String, first: UInt32?) throws {
    let error = try #require(try Self.error(spl: offset, partition: first))
    guard case .noEnvironment(let file) = error else {
      Issue.record("\(error)")
      return
    }
    #expect(file.lastComponent == "card.img")
  }
}

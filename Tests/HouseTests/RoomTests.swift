import Foundation
import Testing

/// Rooms stay small, and nothing in them can fall over.
@Suite struct RoomTests {
  @Test func noRoomIsTooLarge() throws {
    for file in try House.sources() {
      #expect(file.lines.count <= 500, "\(file.path) has \(file.lines.count) lines; split it")
    }
  }

  @Test(arguments: ["try!", "as!", "fatalError(", "preconditionFailure(", "@unchecked Sendable"])
  func nothingTrapsByIntent(word: String) throws {
    for file in try House.sources() {
      for (number, line) in file.lines.enumerated() where line.contains(word) {
        let proof = number > 0 && file.lines[number - 1].contains("// Proof:")
        #expect(proof, "\(file.path):\(number + 1) holds `\(word)` without a proof above it")
      }
    }
  }

  @Test(arguments: ["Utils", "Helper", "Manager", "Misc"])
  func namesSayWhatThingsAre(word: String) throws {
    let files = try House.sources().map(\.path)
    #expect(files.filter { $0.contains(word) } == [])
  }

  /// Hardware is data: no board and no SoC is named in code.
  @Test func noBoardIsNamedInCode() throws {
    let names = try House.files(below: "Boards", ending: ".yaml")
      .filter { !$0.contains("/distribution/") }
      .map { URL(filePath: $0).deletingPathExtension().lastPathComponent }
    #expect(names.count >= 9)
    // What examples of rules are for is part of the example.
    for file in try House.sources() where !file.path.contains("/RuleExample") {
      for (number, line) in file.lines.enumerated() {
        let code = line.drop { $0 == " " }
        if code.hasPrefix("//") { continue }
        for name in names where code.contains("\"\(name)\"") {
          #expect(
            code.contains("var board = "), "\(file.path):\(number + 1) names the board \(name)")
        }
      }
    }
  }
}

import Boards
import Foundation
import Testing

/// The files under `Boards` at the repository's top.
enum ShippedFiles {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Boards")

  /// Names of the `.yaml` files in a folder below `Boards`, without those that describe no board.
  static func names(in subfolder: String = "") throws -> [String] {
    try FileManager.default.contentsOfDirectory(
      atPath: folder.appending(path: subfolder).path(percentEncoded: false)
    ).filter { $0.hasSuffix(".yaml") && $0 != "debian.yaml" }.sorted()
  }

  static func text(_ name: String) throws -> String {
    try String(contentsOf: folder.appending(path: name), encoding: .utf8)
  }

  static func catalogue() throws -> BoardCatalogue {
    try BoardCatalogue(
      socs: names(in: "soc").map { try SoC(text: text("soc/" + $0), file: "Boards/soc/" + $0) },
      boards: names().map { try Board(text: text($0), file: "Boards/" + $0) })
  }
}

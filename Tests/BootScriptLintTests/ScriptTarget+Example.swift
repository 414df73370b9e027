import Boards
import BootImages
import BootScriptLint
import Diagnostics
import Foundation
import StrictYAML

extension ScriptTarget {
  /// The target that an example of a rule is meant for, with the boards that are shipped.
  init(_ example: RuleExample.Target) throws {
    if let name = example.board {
      let catalogue = try ShippedBoards.catalogue()
      let board = try catalogue.board(named: name)
      self.init(soc: try catalogue.soc(of: board), board: board)
    } else {
      self.init()
    }
    if example.isForLegacyBootloader { makeLegacy() }
    if example.xen != nil { isForXen = true }
    siblings = example.siblings
    image = example.medium.map { ScriptImage($0) }
  }
}

extension ScriptImage {
  /// The files are on the first partition.
  init(_ medium: RuleExample.Medium) {
    let files = medium.files
    let volumes = medium.partitions.enumerated().map { index, number in
      ScriptVolume(
        number: number, filesystem: medium.filesystem == "fat" ? .fat : .ext,
        files: index > 0 ? [:] : Dictionary(uniqueKeysWithValues: files.map { ($0.path, $0.size) }),
        reading: { path in files.first { $0.path == path }?.bytes ?? [] })
    }
    self.init(volumes: volumes, bootPartition: medium.partitions.first ?? 1)
  }
}

/// The boards and SoCs of the checkout.
enum ShippedBoards {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static func catalogue() throws -> BoardCatalogue {
    func files(_ folder: URL) throws -> [(name: String, text: String)] {
      try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false))
        .filter { $0.hasSuffix(".yaml") }
        .map { ($0, try String(contentsOf: folder.appending(path: $0), encoding: .utf8)) }
    }
    let boards = root.appending(path: "Boards")
    return try BoardCatalogue(
      socs: try files(boards.appending(path: "soc")).map { try SoC(text: $0.text, file: $0.name) },
      boards: try files(boards).map { try Board(text: $0.text, file: $0.name) })
  }
}

/// An example as the bytes of a file, with the places that are marked in it.
struct ExampleScript {
  let bytes: [UInt8]
  let kind: ScriptKind
  let file: String
  /// Lines and columns where a mark opens, from 1.
  let marks: [Mark]

  struct Mark: Hashable {
    let line: Int
    let column: Int
  }

  init(_ example: RuleExample) throws {
    var text = ""
    var marks: [Mark] = []
    var (line, column) = (1, 1)
    for scalar in example.source.unicodeScalars {
      switch scalar {
      case "«": marks.append(Mark(line: line, column: column))
      case "»": break
      default:
        text.unicodeScalars.append(scalar)
        column += 1
        if scalar == "\n" { (line, column) = (line + 1, 1) }
      }
    }
    self.marks = marks
    switch example.language {
    case .hush: (kind, file) = (.commands, "boot.cmd")
    case .scriptImage: (kind, file) = (.image, "boot.scr")
    case .environment: (kind, file) = (.environment, "uEnv.txt")
    case .extlinux: (kind, file) = (.extlinux, "extlinux.conf")
    case .dts: throw NoScript()
    }
    var bytes = Array(text.utf8)
    if kind == .image {
      bytes = try LegacyImage.script(text: bytes, name: "", time: 0)
      for patch in example.patches {
        for (index, byte) in patch.bytes.enumerated() {
          // What stands there may be the same by chance: it is turned over.
          bytes[patch.offset + index] = bytes[patch.offset + index] == byte ? ~byte : byte
        }
      }
    }
    self.bytes = bytes
  }

  struct NoScript: Error {}
}

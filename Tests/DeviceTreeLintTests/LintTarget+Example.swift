import Boards
import BootImages
import DeviceTree
import DeviceTreeLint
import Diagnostics
import Foundation
import Measures
import StrictYAML

extension LintTarget {
  /// The target that an example of the rule is meant for, with the boards that are shipped. Where it
  /// names none, the tree tells, as it does for `ctboot lint`.
  init(_ example: RuleExample.Target, of rule: RuleID = "none", for tree: [UInt8] = []) throws {
    self.init()
    if let version = example.xen {
      let parts = version.split(separator: ".").compactMap { Int($0) }
      xen = XenVersion(major: parts[0], minor: parts[1])
    }
    let catalogue = try ShippedBoards.catalogue()
    if let name = example.board {
      let board = try catalogue.board(named: name)
      self.board = board
      soc = try catalogue.soc(of: board)
    } else if let name = example.soc {
      soc = catalogue.socs.first { $0.name == name }
    } else if example.isForRulesChip {
      soc = catalogue.socs.first { rule.rawValue.hasPrefix($0.name + "-") }
    } else if let tree = FlatTree.scanning(tree).tree,
      let compatible = tree.property(.root, .compatible).flatMap(tree.strings)
    {
      (board, soc) = catalogue.hardware(compatible: compatible)
    }
    loaded = example.files.map {
      LoadedFile(name: "example", address: Address($0.address), bytes: $0.bytes)
    }
    environment = example.environment
    treeAddress = example.treeAddress.map { Address($0) }
  }
}

/// The boards and SoCs of the checkout.
enum ShippedBoards {
  static func catalogue() throws -> BoardCatalogue {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Boards")
    func files(_ folder: URL) throws -> [(name: String, text: String)] {
      try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false))
        .filter { $0.hasSuffix(".yaml") }
        .map { ($0, try String(contentsOf: folder.appending(path: $0), encoding: .utf8)) }
    }
    return try BoardCatalogue(
      socs: try files(root.appending(path: "soc")).map { try SoC(text: $0.text, file: $0.name) },
      boards: try files(root).map { try Board(text: $0.text, file: $0.name) })
  }
}

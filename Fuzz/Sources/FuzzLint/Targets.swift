import Boards
import BootImages
import DeviceTreeLint
import Diagnostics
import Foundation
import FuzzDriver
import Measures

/// For whom trees are judged.
enum Targets {
  /// The optional rules too.
  static let everyRule = RuleSelection(Set(RuleCatalogue.cards.map(\.id)))

  /// Nothing is known but the Xen, if that.
  static let plain: [Linter] = [nil, "4.3", "4.4", "4.12", "4.17", "newest"].map { version in
    let xen = version.flatMap { $0 == "newest" ? LintTarget.newest : XenVersion($0) }
    return Linter(for: LintTarget(xen: xen), selection: everyRule)
  }

  /// A board's data and what its script sets; files come with the input.
  static let equipped: [LintTarget] = ["4.4", "4.17"].map { version in
    LintTarget(
      soc: shipped.soc, board: shipped.board, xen: XenVersion(version),
      environment: [
        "fdt_high": "0xffffffff", "initrd_high": "0xffffffff", "bootm_size": "0xa000000",
      ],
      treeAddress: Address(0x4300_0000))
  }

  private static let shipped: (soc: SoC, board: Board) = {
    let boards = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "../../../Boards")
    func text(_ path: String) throws -> String {
      try String(contentsOf: boards.appending(path: path), encoding: .utf8)
    }
    do {
      return (
        try SoC(text: text("soc/a20.yaml"), file: "a20.yaml"),
        try Board(text: text("cubietruck.yaml"), file: "cubietruck.yaml")
      )
    } catch {
      fatalError("the checkout's own board files cannot be read: \(error)")
    }
  }()
}

import Boards
import DeviceTree
import DeviceTreeLint
import Synchronization
import Workspace

/// The linter for each tree: by the board that was named, else by what the tree says that it is.
/// Trees of one SoC share one.
final class LintTargets: Sendable {
  private let base: LintTarget
  private let selection: RuleSelection
  /// Nil where the board is known beforehand.
  private let matching: DataFiles.Matching?
  private let linters = Mutex<[String: Linter]>([:])
  private let named: Linter?

  /// - Parameter base: what is the same for all trees.
  init(
    _ base: LintTarget, board name: String?, selection: RuleSelection, data: DataFiles
  ) throws {
    self.base = base
    self.selection = selection
    guard let name else {
      matching = try data.matching()
      named = nil
      return
    }
    let catalogue = try data.boards()
    var target = base
    let board = try catalogue.board(named: name)
    target.board = board
    target.soc = try catalogue.soc(of: board)
    matching = nil
    named = Linter(for: target, selection: selection)
  }

  /// - Parameter tree: nil for bytes that are none.
  func linter(for tree: FlatTree?) throws -> Linter {
    if let named { return named }
    let names =
      tree.flatMap { tree in
        tree.property(.root, .compatible).flatMap { tree.strings($0) }
      } ?? []
    let found = try matching?.target(compatible: names)
    let key = "\(found?.board?.name ?? "") \(found?.soc?.name ?? "")"
    if let known = linters.withLock({ $0[key] }) { return known }
    var target = base
    target.board = found?.board
    target.soc = found?.soc
    let linter = Linter(for: target, selection: selection)
    linters.withLock { $0[key] = linter }
    return linter
  }
}

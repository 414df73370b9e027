import Boards
import DeviceTree
import SystemPackage
import Workspace

/// The board and the chip that a tree is for, as far as they are known.
struct Hardware {
  let board: Board?
  let soc: SoC?

  /// - Parameter name: the board that the user names; the tree's root tells where it is nil.
  init(of tree: DeviceTree, file: FilePath, board name: String?, data: DataFiles) throws {
    let names = tree.root.property("compatible")?.strings ?? []
    guard let name else {
      (board, soc) = try data.matching().target(compatible: names)
      return
    }
    let catalogue = try data.boards()
    let board = try catalogue.board(named: name)
    let soc = try catalogue.soc(of: board)
    guard names.contains(soc.identity.treeCompatible) else {
      throw BuildError.foreignTree(
        file: file.string, compatible: names, wanted: soc.identity.treeCompatible, soc: soc.title)
    }
    self.board = board
    self.soc = soc
  }
}

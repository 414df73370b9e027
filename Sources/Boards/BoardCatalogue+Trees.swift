/// Which hardware a device tree is for.
extension BoardCatalogue {
  /// The board and the chip that a tree's root `compatible` names, its entries from the most special
  /// on. A board goes by the first entry of its own; the others it shares with its sisters.
  public func hardware(compatible: [String]) -> (board: Board?, soc: SoC?) {
    for entry in compatible {
      if let board = boards.first(where: { $0.identity.compatible.first == entry }) {
        return (board, try? soc(of: board))
      }
      if let soc = socs.first(where: { $0.identity.treeCompatible == entry }) {
        return (nil, soc)
      }
    }
    return (nil, nil)
  }
}

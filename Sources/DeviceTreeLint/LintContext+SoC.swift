import Boards
import DeviceTree
import Measures

/// What is known of the chip.
extension LintContext {
  /// A tree that names another chip is judged by no facts of this one.
  func findSoC() -> SoC? {
    guard let soc = target.soc, let compatible = tree.property(.root, .compatible),
      tree.strings(compatible)?.contains(soc.identity.treeCompatible) == true
    else { return nil }
    return soc
  }

  /// The chip's block of registers that the node is about: the one that begins where its `reg` does,
  /// as the processor sees it.
  func block(_ node: NodeID) -> SoC.Block? {
    guard knowsBlocks, let soc, let parent = tree.parent(node),
      let address = firstAddress(node).flatMap({ translate($0, from: parent) })
    else { return nil }
    return soc.block(at: Address(address))
  }

  /// Whether the node's `compatible` has one of these entries.
  func isCompatible(_ node: NodeID, withOneOf names: [String]) -> Bool {
    guard !names.isEmpty, let property = tree.property(node, .compatible) else { return false }
    return names.contains { lists(property, $0) }
  }

  /// Whether one of the value's texts is exactly this one.
  func lists(_ property: PropertyID, _ text: String) -> Bool {
    tree.value(property).split(separator: 0).contains { $0.elementsEqual(text.utf8) }
  }
}

extension SoC.Block {
  /// Whether the SPI is one of the block's.
  func has(_ spi: UInt32) -> Bool { spis.contains { $0 == Int(spi) } }
}

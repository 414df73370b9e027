import BootImages
import DeviceTree
import Measures

/// A bank of RAM that the tree tells of.
struct MemoryBank {
  let node: NodeID
  let property: PropertyID
  let range: AddressRange
}

extension LintContext {
  /// Whether Xen of the version at hand counts the node's `reg` as RAM.
  ///
  /// Source: `early_scan_node` and `device_tree_get_meminfo`, Xen
  /// `xen/common/device-tree/bootinfo-fdt.c`: since 4.20 at depth 1 and with `device_type` only,
  /// since 4.19 by the node's own `status` (not by those of the nodes around it); before that any
  /// node of that name.
  func isMemory(_ node: NodeID) -> Bool {
    guard hasMemoryName(node) else { return false }
    if xen >= XenVersion(major: 4, minor: 19), !isAvailable(node) { return false }
    guard xen >= XenVersion(major: 4, minor: 20) else { return true }
    return tree.depth(node) == 1 && isMemoryType(node)
  }

  /// Whether it is called `memory` or `memory@…`.
  func hasMemoryName(_ node: NodeID) -> Bool { tree.baseNameIs(node, "memory") }

  /// Whether the node says of itself that it is RAM, by which Linux goes.
  func isMemoryType(_ node: NodeID) -> Bool {
    tree.property(node, .deviceType).map { tree.lists($0, "memory") } == true
  }

  /// Whether the node's own `status` leaves it enabled.
  func isAvailable(_ node: NodeID) -> Bool {
    guard let status = tree.property(node, .status) else { return true }
    return tree.lists(status, "okay") || tree.lists(status, "ok")
  }

  /// The nodes that Xen counts as RAM, in file order.
  func findMemoryNodes() -> [NodeID] {
    xen >= XenVersion(major: 4, minor: 20)
      ? tree.children(.root).filter(isMemory) : tree.allNodes.filter(isMemory)
  }

  /// In file order, empty banks left out.
  func findMemory() -> [MemoryBank] { memoryNodes.flatMap(memoryBanks) }

  /// What the node's `reg` holds, as Xen reads it, whether Xen looks at it or not.
  func memoryBanks(_ node: NodeID) -> [MemoryBank] {
    guard let property = tree.property(node, .reg), let parent = tree.parent(node) else {
      return []
    }
    let cells = xenCells(parent)
    return wholePairs(property, address: cells.address, size: cells.size).compactMap { pair in
      guard let range = pair.range, !range.isEmpty else { return nil }
      return MemoryBank(node: node, property: property, range: range)
    }
  }

  /// The value as pairs, as Xen takes them of memory: what is left at the end is no pair. Empty
  /// where the cells are none that Xen takes.
  func wholePairs(_ property: PropertyID, address: Int, size: Int) -> [RegPair] {
    guard (1...2).contains(address), (1...2).contains(size) else { return [] }
    let stride = address + size
    return (0..<tree.cellCount(property) / stride).compactMap { index in
      guard let first = tree.number(property, at: index * stride, cells: address),
        let second = tree.number(property, at: index * stride + address, cells: size)
      else { return nil }
      return RegPair(address: first, size: second)
    }
  }
}

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
  /// Source: `device_tree_node_is_available` and `early_scan_node`, Xen
  /// `xen/common/device-tree/bootfdt.c`: since 4.20 depth 1 and `device_type`, since 4.19 `status`;
  /// before that any node of that name.
  func isMemory(_ node: NodeID) -> Bool {
    guard tree.baseNameIs(node, "memory") else { return false }
    if xen >= XenVersion(major: 4, minor: 19), !isEnabled(node) { return false }
    guard xen >= XenVersion(major: 4, minor: 20) else { return true }
    return tree.depth(node) == 1
      && tree.property(node, .deviceType).map { tree.string($0) == "memory" } == true
  }

  /// In file order, empty banks left out.
  func findMemory() -> [MemoryBank] {
    var banks: [MemoryBank] = []
    for node in tree.allNodes where isMemory(node) {
      guard let property = tree.property(node, .reg), let parent = tree.parent(node) else {
        continue
      }
      let cells = xenCells(parent)
      for pair in pairs(property, address: cells.address, size: cells.size) {
        guard let range = pair.range, !range.isEmpty else { continue }
        banks.append(MemoryBank(node: node, property: property, range: range))
      }
    }
    return banks
  }
}

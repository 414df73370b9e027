import BootImages
import DeviceTree
import Measures

/// RAM that the tree keeps from Xen's allocator, by a node.
struct ReservedRegion {
  let node: NodeID
  let property: PropertyID
  let range: AddressRange
}

extension LintContext {
  /// The regions at a fixed place that Xen keeps a list of, in file order: those of
  /// `/reserved-memory` at any depth (since 4.13), the static heap and guests' static memory (since
  /// 4.17). Since 4.19 a node's own `status` counts.
  ///
  /// Source: `process_reserved_memory`, `process_chosen_node` and `process_domain_node`, Xen
  /// `xen/common/device-tree/bootinfo-fdt.c`.
  func findReserved() -> [ReservedRegion] {
    guard xen >= XenVersion(major: 4, minor: 13) else { return [] }
    var regions: [ReservedRegion] = []
    if let reservedMemory {
      for node in tree.subtree(reservedMemory) where node != reservedMemory {
        guard let property = tree.property(node, .reg), let parent = tree.parent(node) else {
          continue
        }
        add(node, property, reservedCells(parent, in: reservedMemory), to: &regions)
      }
    }
    if xen >= XenVersion(major: 4, minor: 17), let chosen {
      if let heap = tree.property(chosen, .xenStaticHeap) {
        add(chosen, heap, xenCells(.root), to: &regions)
      }
      for domain in tree.children(chosen) where tree.isCompatible(domain, "xen,domain") {
        guard let property = tree.property(domain, .xenStaticMemory) else { continue }
        add(domain, property, xenCells(chosen), to: &regions)
      }
    }
    return regions.sorted { $0.node < $1.node }
  }

  private func add(
    _ node: NodeID, _ property: PropertyID, _ cells: (address: Int, size: Int),
    to regions: inout [ReservedRegion]
  ) {
    if xen >= XenVersion(major: 4, minor: 19), !isAvailable(node) { return }
    for pair in wholePairs(property, address: cells.address, size: cells.size) {
      guard let range = pair.range, !range.isEmpty else { continue }
      regions.append(ReservedRegion(node: node, property: property, range: range))
    }
  }

  /// Xen walks this part of the tree by itself, so cells are not inherited from above it.
  private func reservedCells(_ node: NodeID, in top: NodeID) -> (address: Int, size: Int) {
    var (address, size) = (-1, -1)
    var next: NodeID? = node
    while let step = next, address < 0 || size < 0 {
      if address < 0 { address = Int(ownAddressCells[Int(step.index)]) }
      if size < 0 { size = Int(ownSizeCells[Int(step.index)]) }
      next = step == top ? nil : tree.parent(step)
    }
    return (address < 0 ? 2 : address, size < 0 ? 1 : size)
  }
}

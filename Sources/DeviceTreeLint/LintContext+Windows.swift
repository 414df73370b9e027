import DeviceTree
import Measures

/// Who lies at an address.
extension LintContext {
  /// The devices whose `reg` has an address in common with `region`, as the processor sees both,
  /// with the range that does. Of nodes inside one another only the outermost is named; RAM that is
  /// reserved, and files in RAM, are no devices.
  ///
  /// The region is carried down through each bus's `ranges`, where each is read once, instead of
  /// every `reg` up: linear in the tree, whatever that holds.
  func nodes(at region: AddressRange) -> [(node: NodeID, range: AddressRange)] {
    var found: [(node: NodeID, range: AddressRange)] = []
    // The region as the children of each node on the way down count, by depth.
    var windows: [[AddressRange]] = [[region]]
    var skipped: NodeID?
    for node in tree.allNodes where node != .root {
      if let outer = skipped, tree.isInside(node, outer) { continue }
      skipped = nil
      let depth = tree.depth(node)
      windows.removeSubrange(depth...)
      guard let parent = tree.parent(node), let around = windows.last else { continue }
      if node == chosen || node == reservedMemory || node == cpus || around.isEmpty {
        skipped = node
        continue
      }
      let hit = tree.property(node, .reg).flatMap { overlap($0, parent, around) }
      if let hit {
        found.append((node, hit))
        skipped = node
        continue
      }
      windows.append(tree.hasChildren(node) ? windowsBelow(node, parent, around) : [])
    }
    return found
  }

  /// The first pair of a `reg` that lies in one of the windows.
  private func overlap(
    _ reg: PropertyID, _ parent: NodeID, _ windows: [AddressRange]
  ) -> AddressRange? {
    let (address, size) = xenCells(parent)
    guard (1...4).contains(address), (1...4).contains(size) else { return nil }
    for start in stride(from: 0, to: tree.cellCount(reg), by: address + size) {
      guard let first = tree.number(reg, at: start, cells: address),
        let length = tree.number(reg, at: start + address, cells: size),
        let range = AddressRange(start: Address(first), size: ByteCount(length))
      else { continue }
      if windows.contains(where: { $0.overlaps(range) }) { return range }
    }
    return nil
  }

  /// The windows as the bus's children count. More than a few of them no bus has, and a tree must
  /// not make them many.
  private func windowsBelow(
    _ bus: NodeID, _ parent: NodeID, _ windows: [AddressRange]
  ) -> [AddressRange] {
    guard let ranges = tree.property(bus, .ranges) else { return [] }
    if tree.length(ranges) == 0 { return windows }
    let (child, size) = xenCells(bus)
    let up = xenCells(parent).address
    guard (1...2).contains(child), (1...2).contains(up), (1...2).contains(size) else { return [] }
    var below: [AddressRange] = []
    for start in stride(from: 0, to: tree.cellCount(ranges), by: child + up + size) {
      guard let from = tree.number(ranges, at: start, cells: child),
        let to = tree.number(ranges, at: start + child, cells: up),
        let length = tree.number(ranges, at: start + child + up, cells: size),
        let mapped = AddressRange(start: Address(to), size: ByteCount(length))
      else { break }
      for window in windows where window.overlaps(mapped) {
        let first = max(window.start, mapped.start).rawValue
        let last = min(window.end, mapped.end).rawValue
        let (moved, overflows) = from.addingReportingOverflow(first - to)
        guard !overflows, below.count < 16,
          let range = AddressRange(start: Address(moved), size: ByteCount(last - first))
        else { continue }
        below.append(range)
      }
    }
    return below
  }
}

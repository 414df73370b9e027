public import Measures

/// A range that a node of the tree names, and the node's path.
public struct MemoryRegion: Sendable, Hashable {
  public let path: String
  public let range: AddressRange

  public init(path: String, range: AddressRange) {
    self.path = path
    self.range = range
  }
}

extension DeviceTree {
  /// The ranges that the children of `/reserved-memory` hold at a fixed place, in file order. Those
  /// without `reg` are placed by the operating system and are left out; disabled ones are not,
  /// because something else may live there. `/memreserve/` entries are in `reservations`.
  ///
  /// Throws `unreadableReg` instead of leaving out a range: who places things in memory would
  /// otherwise overwrite it.
  public func reservedMemory() throws(DeviceTreeError) -> [MemoryRegion] {
    guard let node = root.child("reserved-memory") else { return [] }
    return try node.regions(at: "/reserved-memory/")
  }
}

extension Node {
  /// What a node's children count in where it does not say.
  ///
  /// Source: Devicetree Specification v0.4, section 2.3.5.
  private static let defaultAddressCells = 2
  private static let defaultSizeCells = 1

  fileprivate func regions(at path: String) throws(DeviceTreeError) -> [MemoryRegion] {
    let addressCells = addressCells ?? Self.defaultAddressCells
    let sizeCells = sizeCells ?? Self.defaultSizeCells
    var regions: [MemoryRegion] = []
    for child in children where child.property("reg") != nil {
      let unreadable = DeviceTreeError.unreadableReg(
        path: path + child.name, addressCells: addressCells, sizeCells: sizeCells)
      guard let entries = child.reg(addressCells: addressCells, sizeCells: sizeCells) else {
        throw unreadable
      }
      for entry in entries {
        guard let range = entry.range else { throw unreadable }
        if !range.isEmpty { regions.append(MemoryRegion(path: path + child.name, range: range)) }
      }
    }
    return regions
  }
}

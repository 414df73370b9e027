public import Measures

/// One pair of a `reg` property.
public struct RegEntry: Sendable, Hashable {
  public let address: Address
  /// Zero where the parent's `#size-cells` is zero.
  public let size: ByteCount

  public init(address: Address, size: ByteCount) {
    self.address = address
    self.size = size
  }

  /// Nil where it would run past the last 64-bit address.
  public var range: AddressRange? { AddressRange(start: address, size: size) }
}

extension Node {
  /// How many cells an address in the children's `reg` has; nil where the node does not say.
  public var addressCells: Int? { cellCount("#address-cells") }

  /// How many cells a size in the children's `reg` has; nil where the node does not say.
  public var sizeCells: Int? { cellCount("#size-cells") }

  private func cellCount(_ name: String) -> Int? {
    guard let cells = property(name)?.cells, cells.count == 1 else { return nil }
    return cells.first.flatMap { Int(exactly: $0) }
  }

  /// The node's `reg`, in cells as its parent counts them. Nil where there is no `reg`, where its
  /// length is no whole number of entries, or where a number would not fit 64 bits: an address has
  /// 1 or 2 cells, a size 0 to 2.
  public func reg(addressCells: Int, sizeCells: Int) -> [RegEntry]? {
    guard (1...2).contains(addressCells), (0...2).contains(sizeCells),
      let cells = property("reg")?.cells, cells.count.isMultiple(of: addressCells + sizeCells)
    else { return nil }
    return stride(from: 0, to: cells.count, by: addressCells + sizeCells).map { start in
      let sizeStart = start + addressCells
      return RegEntry(
        address: Address(number(cells[start..<sizeStart])),
        size: ByteCount(number(cells[sizeStart..<sizeStart + sizeCells])))
    }
  }

  /// At most two cells, the higher first.
  private func number(_ cells: ArraySlice<UInt32>) -> UInt64 {
    cells.reduce(0) { $0 << 32 | UInt64($1) }
  }
}

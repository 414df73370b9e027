import Measures

/// How many 32-bit cells an address and a size take.
struct Cells: Sendable, Hashable {
  let address: Int
  let size: Int

  /// What a guest's own node counts in: nothing in it is too high.
  static let guest = Cells(address: 2, size: 2)

  func reg(_ module: XenModule) throws(XenTreeError) -> [UInt32] {
    guard holds(module.address, module.size) else { throw .beyondCells(module) }
    return cells(module.address) + cells(module.size)
  }

  func holds(_ address: Address, _ size: ByteCount) -> Bool {
    (self.address == 2 || address.rawValue <= UInt32.max)
      && (self.size == 2 || size.rawValue <= UInt32.max)
  }

  func cells(_ address: Address) -> [UInt32] { Self.split(address.rawValue, into: self.address) }
  func cells(_ size: ByteCount) -> [UInt32] { Self.split(size.rawValue, into: self.size) }

  /// The value's cells, the high one first.
  static func split(_ value: UInt64, into count: Int = 2) -> [UInt32] {
    let low = UInt32(truncatingIfNeeded: value)
    return count == 1 ? [low] : [UInt32(truncatingIfNeeded: value >> 32), low]
  }
}

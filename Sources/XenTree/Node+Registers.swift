import DeviceTree
import Measures

extension Node {
  /// Each range of each `reg` below this root as the processor sees it, in file order; disabled
  /// nodes have theirs too. What lies behind no `ranges` is left out. As deep as the tree, which its
  /// reader bounds.
  func forEachRegister(_ look: (Node, _ path: String, AddressRange) -> Void) {
    visit("", [], look)
  }

  /// - Parameter windows: what `ranges` say on the way to the root, the nearest last; an empty one
  ///   changes nothing.
  private func visit(
    _ path: String, _ windows: [[Window]],
    _ look: (Node, _ path: String, AddressRange) -> Void
  ) {
    let cells = (address: addressCells ?? 2, size: sizeCells ?? 1)
    for child in children {
      let childPath = path + "/" + child.name
      for entry in child.reg(addressCells: cells.address, sizeCells: cells.size) ?? [] {
        let start = windows.reversed().reduce(Optional(entry.address.rawValue)) { address, step in
          address.flatMap { Window.translate($0, step) }
        }
        guard let start, let range = AddressRange(start: Address(start), size: entry.size),
          !range.isEmpty
        else { continue }
        look(child, childPath, range)
      }
      guard let inner = child.windows(parentCells: cells.address) else { continue }
      child.visit(childPath, windows + [inner], look)
    }
  }

  /// Nil without `ranges`, and where they cannot be read.
  private func windows(parentCells: Int) -> [Window]? {
    guard let cells = property("ranges")?.cells else { return nil }
    let (own, size) = (addressCells ?? 2, sizeCells ?? 1)
    guard (1...2).contains(own), (1...2).contains(size), (1...2).contains(parentCells) else {
      return nil
    }
    let stride = own + parentCells + size
    return (0..<cells.count / stride).map { index in
      let start = index * stride
      func number(_ first: Int, _ count: Int) -> UInt64 {
        cells[first..<first + count].reduce(0) { $0 << 32 | UInt64($1) }
      }
      return Window(
        child: number(start, own), parent: number(start + own, parentCells),
        size: number(start + own + parentCells, size))
    }
  }

  private struct Window {
    let child: UInt64
    let parent: UInt64
    let size: UInt64

    static func translate(_ address: UInt64, _ windows: [Window]) -> UInt64? {
      if windows.isEmpty { return address }
      guard
        let window = windows.first(where: {
          address >= $0.child && address - $0.child < $0.size
        })
      else { return nil }
      return window.parent &+ (address - window.child)
    }
  }
}

import DeviceTree

/// What the `ranges` of all nodes say, each read once and asked for every address behind it. Cells are
/// counted as Xen does.
final class BusWindows {
  /// One entry of `ranges`: these addresses of the children are those of the parent.
  struct Window {
    let child: UInt64
    let parent: UInt64
    let size: UInt64

    func has(_ address: UInt64) -> Bool { address >= child && address - child < size }

    /// As the parent counts; the window has the address.
    func address(of child: UInt64) -> UInt64 { parent &+ (child &- self.child) }
  }

  enum OfNode {
    /// There is no `ranges`.
    case absent
    /// It is empty: the addresses are the parent's.
    case same
    /// There are cells that no address has.
    case unknown
    /// These of `entries`.
    case entries(Range<Int>)
  }

  private(set) var ofNodes: [OfNode]
  private(set) var entries: [Window] = []

  init(_ context: LintContext) {
    let tree = context.tree
    ofNodes = Array(repeating: .absent, count: tree.nodeCount)
    for bus in tree.allNodes {
      guard let parent = tree.parent(bus), let ranges = tree.property(bus, .ranges) else {
        continue
      }
      ofNodes[Int(bus.index)] = read(ranges, of: bus, below: parent, context)
    }
  }

  private func read(
    _ ranges: PropertyID, of bus: NodeID, below parent: NodeID, _ context: LintContext
  ) -> OfNode {
    let tree = context.tree
    guard tree.length(ranges) > 0 else { return .same }
    let (child, size) = context.xenCells(bus)
    let up = context.xenCells(parent).address
    guard (1...2).contains(child), (1...2).contains(up), (1...2).contains(size) else {
      return .unknown
    }
    let first = entries.count
    var start = 0
    while let from = tree.number(ranges, at: start, cells: child),
      let to = tree.number(ranges, at: start + child, cells: up),
      let length = tree.number(ranges, at: start + child + up, cells: size)
    {
      entries.append(Window(child: from, parent: to, size: length))
      start += child + up + size
    }
    return .entries(first..<entries.count)
  }
}

import DeviceTree

/// From the addresses of a bus to those of the processor, and why there is no way.
extension LintContext {
  /// What became of an address.
  enum Translation {
    case address(UInt64)
    /// The bus has no `ranges`.
    case noRanges(NodeID)
    /// No entry of the bus's `ranges` has the address.
    case outside(NodeID)
    /// There are cells that no address has, or more ranges than can be looked through.
    case unknown
  }

  /// Who counts the cells of a node that does not say how many.
  enum Counting {
    case specification
    case xen
  }

  func cells(_ bus: NodeID, _ counting: Counting) -> (address: Int, size: Int) {
    switch counting {
    case .specification: (addressCells(bus), sizeCells(bus))
    case .xen: xenCells(bus)
    }
  }

  /// One entry of `ranges`: these addresses of the children are those of the parent.
  struct Window {
    let child: UInt64
    let parent: UInt64
    let size: UInt64

    func has(_ address: UInt64) -> Bool { address >= child && address - child < size }
  }

  /// What the `ranges` of a node say.
  enum Windows {
    case unread
    /// There is no `ranges`.
    case absent
    /// It is empty: the addresses are the parent's.
    case same
    /// There are cells that no address has.
    case unknown
    /// These of `windows`.
    case entries(Range<Int>)
  }

  /// Each `ranges` is read once, and asked for every address behind it.
  private func windows(of bus: NodeID, below parent: NodeID) -> Windows {
    if case .unread = windowsOfNodes[Int(bus.index)] {
      windowsOfNodes[Int(bus.index)] = readWindows(of: bus, below: parent)
    }
    return windowsOfNodes[Int(bus.index)]
  }

  private func readWindows(of bus: NodeID, below parent: NodeID) -> Windows {
    guard let ranges = tree.property(bus, .ranges) else { return .absent }
    guard tree.length(ranges) > 0 else { return .same }
    let (child, size) = xenCells(bus)
    let up = xenCells(parent).address
    guard (1...2).contains(child), (1...2).contains(up), (1...2).contains(size) else {
      return .unknown
    }
    let first = windows.count
    var start = 0
    while let from = tree.number(ranges, at: start, cells: child),
      let to = tree.number(ranges, at: start + child, cells: up),
      let length = tree.number(ranges, at: start + child + up, cells: size)
    {
      windows.append(Window(child: from, parent: to, size: length))
      start += child + up + size
    }
    return .entries(first..<windows.count)
  }

  /// An address as `bus` counts them, through each `ranges` up to the root. Cells are counted as Xen
  /// does.
  ///
  /// Source: Devicetree Specification v0.4, section 2.3.8; Xen
  /// `xen/common/device-tree/device-tree.c`, `__dt_translate_address`.
  func translation(of address: UInt64, from bus: NodeID) -> Translation {
    var address = address
    var bus = bus
    while let parent = tree.parent(bus) {
      switch windows(of: bus, below: parent) {
      case .absent: return .noRanges(bus)
      case .unread, .unknown: return .unknown
      case .same: break
      case .entries(let entries):
        let looked = entries.prefix(rangesLeft)
        guard let index = looked.first(where: { windows[$0].has(address) }) else {
          rangesLeft -= looked.count
          return looked.count < entries.count ? .unknown : .outside(bus)
        }
        rangesLeft -= index - entries.lowerBound + 1
        address = windows[index].parent &+ (address - windows[index].child)
      }
      bus = parent
    }
    return .address(address)
  }

  /// Whether the children's `reg` are addresses on PCI, which are translated in another way.
  ///
  /// Source: Xen `xen/common/device-tree/device-tree.c`, `dt_bus_pci_match`.
  func isPCI(_ node: NodeID) -> Bool {
    tree.baseNameIs(node, "pci") || tree.baseNameIs(node, "pcie")
      || tree.property(node, .deviceType).map { tree.lists($0, "pci") } == true
  }
}

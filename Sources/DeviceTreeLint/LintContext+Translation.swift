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

  /// An address as `bus` counts them, through each `ranges` up to the root.
  ///
  /// Source: Devicetree Specification v0.4, section 2.3.8; Xen
  /// `xen/common/device-tree/device-tree.c`, `__dt_translate_address`.
  func translation(
    of address: UInt64, from bus: NodeID, counting: Counting = .xen
  ) -> Translation {
    var address = address
    var bus = bus
    while let parent = tree.parent(bus) {
      guard let ranges = tree.property(bus, .ranges) else { return .noRanges(bus) }
      if tree.length(ranges) > 0 {
        let (child, size) = cells(bus, counting)
        let up = cells(parent, counting).address
        guard (1...2).contains(child), (1...2).contains(up), (1...2).contains(size) else {
          return .unknown
        }
        let stride = child + up + size
        var found: UInt64?
        var start = 0
        while let from = tree.number(ranges, at: start, cells: child),
          let to = tree.number(ranges, at: start + child, cells: up),
          let length = tree.number(ranges, at: start + child + up, cells: size)
        {
          guard rangesLeft > 0 else { return .unknown }
          rangesLeft -= 1
          if address >= from, address - from < length {
            found = to &+ (address - from)
            break
          }
          start += stride
        }
        guard let found else { return .outside(bus) }
        address = found
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

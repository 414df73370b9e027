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

  /// An address as `bus` counts them, through each `ranges` up to the root. Cells are counted as Xen
  /// does.
  ///
  /// Source: Devicetree Specification v0.4, section 2.3.8; Xen
  /// `xen/common/device-tree/device-tree.c`, `__dt_translate_address`.
  func translation(of address: UInt64, from bus: NodeID) -> Translation {
    let windows = busWindows
    var address = address
    var bus = bus
    while let parent = tree.parent(bus) {
      switch windows.ofNodes[Int(bus.index)] {
      case .absent: return .noRanges(bus)
      case .unknown: return .unknown
      case .same: break
      case .entries(let entries):
        let looked = entries.prefix(rangesLeft)
        guard let index = looked.first(where: { windows.entries[$0].has(address) }) else {
          rangesLeft -= looked.count
          return looked.count < entries.count ? .unknown : .outside(bus)
        }
        rangesLeft -= index - entries.lowerBound + 1
        address = windows.entries[index].address(of: address)
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

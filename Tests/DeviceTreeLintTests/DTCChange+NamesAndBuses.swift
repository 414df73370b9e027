import DeviceTree

extension DTCChange {
  static let ofNamesAndBuses: [DTCChange] = [
    DTCChange("node_name_not_empty", since: DTCVersion(1, 8, 0)) { _, _ in true },
    DTCChange("pci_device_bus_num", since: DTCVersion(1, 7, 0)) { tree, node in
      tree.parent(node).map { tree.has($0, .busRange) } == true
    },
    DTCChange("i2c_bus_bridge", since: DTCVersion(1, 8, 0)) { tree, node in
      tree.baseNameIs(node, "i2c")
    },
    // It waits for the check above, which fails anywhere.
    DTCChange("i2c_bus_reg", since: DTCVersion(1, 8, 0)) { tree, _ in
      tree.allNodes.contains { tree.baseNameIs($0, "i2c-bus") }
    },
    DTCChange("i2c_bus_reg", since: DTCVersion(1, 7, 1)) { tree, node in
      guard let reg = tree.property(node, .reg) else { return false }
      return tree.cells(reg).contains { $0 >= 1 << 31 }
    },
    DTCChange("avoid_unnecessary_addr_size", since: DTCVersion(1, 7, 0)) { tree, node in
      tree.has(node, .dmaRanges)
    },
    DTCChange("avoid_unnecessary_addr_size", since: DTCVersion(1, 8, 0)) { tree, node in
      tree.children(node).contains { tree.has($0, .ranges) }
    },
  ]
}

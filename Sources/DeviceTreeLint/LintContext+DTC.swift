import Bytes
import DeviceTree

/// Cells and buses, as dtc's checks take them.
extension LintContext {
  /// What the children of a node count in. dtc reads the cells with their sign.
  struct DTCCells: Hashable {
    /// -1 where the node does not say.
    let statedAddress: Int32
    let statedSize: Int32

    /// With the specification's number where the node does not say.
    var address: Int32 { statedAddress == -1 ? 2 : statedAddress }
    var size: Int32 { statedSize == -1 ? 1 : statedSize }
  }

  func dtcCells(_ node: NodeID) -> DTCCells {
    let index = Int(node.index)
    return DTCCells(
      statedAddress: ownAddressCells[index], statedSize: ownSizeCells[index])
  }

  // MARK: Buses

  func findI2CBuses() -> [NodeID] { tree.allNodes.filter(isI2CBus) }
  func findSPIBuses() -> [NodeID] { tree.allNodes.filter(isSPIBus) }

  func isPCIBus(_ node: NodeID) -> Bool {
    tree.property(node, .deviceType).map { tree.firstTextIs($0, "pci") } == true
  }

  /// Whether dtc takes what lies on the bus for PCI devices. A node that is a simple bus too counts
  /// as that, unless some `compatible` is unreadable: then dtc does not look for simple buses.
  func hasPCIDevices(_ node: NodeID) -> Bool {
    isPCIBus(node) && !(isSimpleBus(node) && hasReadableCompatibles)
  }

  func findWhetherCompatiblesAreReadable() -> Bool {
    tree.allNodes.allSatisfy { node in
      tree.property(node, .compatible).map { tree.isWholeTexts($0) } ?? true
    }
  }

  func isSimpleBus(_ node: NodeID) -> Bool { tree.isCompatible(node, "simple-bus") }

  /// By its name only, unless a node below it is the bus.
  ///
  /// Source: dtc checks.c, `check_i2c_bus_bridge`.
  private func isI2CBus(_ node: NodeID) -> Bool {
    switch tree.baseNameRange(node).count {
    case 3:
      tree.baseNameIs(node, "i2c")
        && !tree.children(node).contains { tree.baseNameIs($0, "i2c-bus") }
    case 7: tree.baseNameIs(node, "i2c-bus") || tree.baseNameIs(node, "i2c-arb")
    default: false
    }
  }

  /// By its name, or by its cells and what its children have.
  ///
  /// Source: dtc checks.c, `check_spi_bus_bridge`.
  private func isSPIBus(_ node: NodeID) -> Bool {
    if tree.baseNameIs(node, "spi") { return true }
    let index = Int(node.index)
    guard ownAddressCells[index] == 1, ownSizeCells[index] == 0 else { return false }
    return tree.children(node).contains { child in
      tree.properties(child).contains { tree.propertyNameBegins($0, "spi-") }
    }
  }
}

extension FlatTree {
  /// Whether the value is exactly one text, whatever its letters.
  func isOneText(_ property: PropertyID) -> Bool {
    let range = valueRange(property)
    return bytes[range].firstIndex(of: 0) == range.upperBound - 1
  }

  /// Whether the value is made of whole texts, or empty.
  func isWholeTexts(_ property: PropertyID) -> Bool {
    length(property) == 0 || isTextList(property)
  }

  /// Whether the value's first text is this one.
  func firstTextIs(_ property: PropertyID, _ text: StaticString) -> Bool {
    let range = valueRange(property)
    let length = text.utf8CodeUnitCount
    return range.count > length && bytes[range.lowerBound + length] == 0
      && bytes.matches(text, at: range.lowerBound)
  }

  func propertyNameBegins(_ property: PropertyID, _ text: StaticString) -> Bool {
    let range = propertyNameRange(property)
    return range.count >= text.utf8CodeUnitCount && bytes.matches(text, at: range.lowerBound)
  }

  /// Whether what stands there ends with this text.
  func ends(_ range: Range<Int>, with text: StaticString) -> Bool {
    let length = text.utf8CodeUnitCount
    return range.count >= length && bytes.matches(text, at: range.upperBound - length)
  }

  /// Whether the unit address is this number as one writes it: in small letters, without zeroes
  /// before it.
  func unitAddressIs(_ node: NodeID, _ number: UInt64) -> Bool {
    guard let range = unitAddressRange(node) else { return false }
    let digits = max(1, (64 - number.leadingZeroBitCount + 3) / 4)
    guard range.count == digits else { return false }
    var rest = number
    for index in range.reversed() {
      let digit = UInt8(truncatingIfNeeded: rest & 15)
      let letter = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
      guard bytes[index] == letter else { return false }
      rest >>= 4
    }
    return true
  }

  /// Whether something stands behind the name's `@`.
  func hasFilledUnitAddress(_ node: NodeID) -> Bool {
    unitAddressRange(node).map { !$0.isEmpty } == true
  }
}

import Bytes
import DeviceTree
import Diagnostics

/// A property that lists phandles, each with as many cells behind it as its node asks for.
struct PhandleProperty: Sendable {
  /// The property by which a node says how many cells it asks for.
  let cells: KnownName
  /// Nodes without that property ask for none.
  var isOptional = false
  /// dtc's check of the list.
  let check: RuleID

  /// Source: dtc `checks.c`, `WARNING_PROPERTY_PHANDLE_CELLS`.
  static let all: [(name: KnownName, list: PhandleProperty)] = [
    (.clocks, PhandleProperty(cells: .clockCells, check: "clocks_property")),
    (.coolingDevice, PhandleProperty(cells: .coolingCells, check: "cooling_device_property")),
    (.dmas, PhandleProperty(cells: .dmaCells, check: "dmas_property")),
    (.hwlocks, PhandleProperty(cells: .hwlockCells, check: "hwlocks_property")),
    (
      .interruptsExtended,
      PhandleProperty(cells: .interruptCells, check: "interrupts_extended_property")
    ),
    (.ioChannels, PhandleProperty(cells: .ioChannelCells, check: "io_channels_property")),
    (.iommus, PhandleProperty(cells: .iommuCells, check: "iommus_property")),
    (.mboxes, PhandleProperty(cells: .mboxCells, check: "mboxes_property")),
    (.msiParent, PhandleProperty(cells: .msiCells, isOptional: true, check: "msi_parent_property")),
    (.muxControls, PhandleProperty(cells: .muxControlCells, check: "mux_controls_property")),
    (.phys, PhandleProperty(cells: .phyCells, check: "phys_property")),
    (.powerDomains, PhandleProperty(cells: .powerDomainCells, check: "power_domains_property")),
    (.pwms, PhandleProperty(cells: .pwmCells, check: "pwms_property")),
    (.resets, PhandleProperty(cells: .resetCells, check: "resets_property")),
    (.soundDAI, PhandleProperty(cells: .soundDAICells, check: "sound_dai_property")),
    (
      .thermalSensors,
      PhandleProperty(cells: .thermalSensorCells, check: "thermal_sensors_property")
    ),
  ]

  static let gpios = PhandleProperty(cells: .gpioCells, check: "gpios_property")

  /// The checks of dtc's that look at such lists.
  static let checks = all.map(\.list.check) + [gpios.check]

  private static let byName = Dictionary(
    uniqueKeysWithValues: all.map { ($0.name, $0.list) })

  /// Source: dtc `checks.c`, `prop_is_gpio`.
  static func of(_ name: NameRecord, in tree: FlatTree) -> PhandleProperty? {
    if let known = name.known { return byName[known] }
    let text = tree.bytes[name.range]
    func ends(_ end: StaticString) -> Bool {
      let start = name.range.upperBound - end.utf8CodeUnitCount
      return start >= name.range.lowerBound && tree.bytes.matches(end, at: start)
    }
    guard ends("gpios") || ends("gpio"), !ends(",nr-gpios") else { return nil }
    let before = text.dropLast(text.last == UInt8(ascii: "s") ? 5 : 4).last
    return before == nil || before == UInt8(ascii: "-") ? gpios : nil
  }
}

/// Why a list of phandles cannot be followed to its end.
struct PhandleFault {
  enum Reason {
    case notCells
    /// No node has the phandle.
    case dangling(UInt32)
    /// The node does not say how many cells it asks for.
    case noCells(NodeID)
    /// The list ends before the cells that the node asks for.
    case short(NodeID, cells: UInt32)
  }

  let node: NodeID
  let property: PropertyID
  let list: PhandleProperty
  /// The number of the cell with the phandle.
  let cell: Int
  let reason: Reason
}

extension LintContext {
  /// All of the tree, in one pass: the first fault of each list of an enabled node.
  func findPhandleFaults() -> [PhandleFault] {
    var faults: [PhandleFault] = []
    let lists = tree.names.map { PhandleProperty.of($0, in: tree) }
    var metadata: NodeID?
    for node in tree.allNodes where isEnabled(node) {
      if let metadata, tree.isInside(node, metadata) { continue }
      guard !isMetadata(node) else {
        metadata = node
        continue
      }
      for property in tree.properties(node) {
        guard let list = lists[tree.nameIndex(property)],
          let (reason, cell) = fault(property, list)
        else { continue }
        // The GPIOs of a hog are its parent's, without phandle.
        if list.cells == .gpioCells, tree.has(node, .gpioHog) { continue }
        faults.append(
          PhandleFault(node: node, property: property, list: list, cell: cell, reason: reason))
      }
    }
    return faults
  }

  /// Source: dtc `checks.c`, `check_property_phandle_args`.
  private func fault(
    _ property: PropertyID, _ list: PhandleProperty
  ) -> (PhandleFault.Reason, cell: Int)? {
    guard tree.length(property).isMultiple(of: 4) else { return (.notCells, 0) }
    let count = tree.cellCount(property)
    var index = 0
    while let phandle = tree.cell(property, index) {
      // An optional entry that is not there.
      guard phandle != 0, phandle != .max else {
        index += 1
        continue
      }
      guard let provider = node(withPhandle: phandle) else { return (.dangling(phandle), index) }
      var cells: UInt32 = 0
      if let asked = tree.onlyCell(provider, list.cells) {
        cells = asked
      } else if !list.isOptional {
        return (.noCells(provider), index)
      }
      guard index + 1 + Int(cells) <= count else {
        return (.short(provider, cells: cells), index)
      }
      index += 1 + Int(cells)
    }
    return nil
  }

  /// `__symbols__` and the like: texts about the tree under the names of its properties.
  private func isMetadata(_ node: NodeID) -> Bool {
    let name = tree.nameRange(node)
    return tree.depth(node) == 1 && name.count > 4 && tree.bytes.matches("__", at: name.lowerBound)
  }
}

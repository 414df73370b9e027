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

  // Source: dtc `checks.c`, `WARNING_PROPERTY_PHANDLE_CELLS`.
  static let clocks = PhandleProperty(cells: .clockCells, check: "clocks_property")
  static let coolingDevice = PhandleProperty(cells: .coolingCells, check: "cooling_device_property")
  static let dmas = PhandleProperty(cells: .dmaCells, check: "dmas_property")
  static let hwlocks = PhandleProperty(cells: .hwlockCells, check: "hwlocks_property")
  static let interruptsExtended = PhandleProperty(
    cells: .interruptCells, check: "interrupts_extended_property")
  static let ioChannels = PhandleProperty(cells: .ioChannelCells, check: "io_channels_property")
  static let iommus = PhandleProperty(cells: .iommuCells, check: "iommus_property")
  static let mboxes = PhandleProperty(cells: .mboxCells, check: "mboxes_property")
  static let msiParent = PhandleProperty(
    cells: .msiCells, isOptional: true, check: "msi_parent_property")
  static let muxControls = PhandleProperty(cells: .muxControlCells, check: "mux_controls_property")
  static let phys = PhandleProperty(cells: .phyCells, check: "phys_property")
  static let powerDomains = PhandleProperty(
    cells: .powerDomainCells, check: "power_domains_property")
  static let pwms = PhandleProperty(cells: .pwmCells, check: "pwms_property")
  static let resets = PhandleProperty(cells: .resetCells, check: "resets_property")
  static let soundDAI = PhandleProperty(cells: .soundDAICells, check: "sound_dai_property")
  static let thermalSensors = PhandleProperty(
    cells: .thermalSensorCells, check: "thermal_sensors_property")
  static let gpios = PhandleProperty(cells: .gpioCells, check: "gpios_property")

  /// The checks of dtc's that look at such lists.
  static let checks = [
    clocks, coolingDevice, dmas, hwlocks, interruptsExtended, ioChannels, iommus, mboxes, msiParent,
    muxControls, phys, powerDomains, pwms, resets, soundDAI, thermalSensors, gpios,
  ].map(\.check)

  private static func of(_ name: KnownName) -> PhandleProperty? {
    switch name {
    case .clocks: clocks
    case .coolingDevice: coolingDevice
    case .dmas: dmas
    case .hwlocks: hwlocks
    case .interruptsExtended: interruptsExtended
    case .ioChannels: ioChannels
    case .iommus: iommus
    case .mboxes: mboxes
    case .msiParent: msiParent
    case .muxControls: muxControls
    case .phys: phys
    case .powerDomains: powerDomains
    case .pwms: pwms
    case .resets: resets
    case .soundDAI: soundDAI
    case .thermalSensors: thermalSensors
    default: nil
    }
  }

  /// Source: dtc `checks.c`, `prop_is_gpio`.
  static func of(_ name: NameRecord, in tree: FlatTree) -> PhandleProperty? {
    if let known = name.known { return of(known) }
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

import Bytes
import DeviceTree
import Diagnostics

extension PhandleList {
  /// What a property of each of `KnownName.allCases` lists.
  private static let byName = KnownName.allCases.map { name in
    Provisions.all.first { $0.property == name }?.list
  }

  /// The checks of dtc's that look at such lists.
  static let checks = Provisions.all.map(\.list.check) + [gpios.check]

  /// What a property of that name lists; nil where it is no such list.
  static func named(_ name: NameRecord, in tree: FlatTree) -> PhandleList? {
    if name.knownNumber >= 0, let list = byName[name.knownNumber] { return list }
    return GPIOName.isOne(name.range, of: tree) ? gpios : nil
  }
}

/// A list of phandles that cannot be followed to its end.
struct PhandleFault {
  let node: NodeID
  let property: PropertyID
  let list: PhandleList
  let fault: PhandleList.Fault

  /// Whether the list is `interrupts-extended`, whose rules tell of it.
  var isOfInterrupts: Bool { list.counts == .interruptCells }
}

extension LintContext {
  /// All of the tree, in one pass: the first fault of each list.
  func findListFaults() -> [PropertyID: PhandleList.Fault] {
    var faults: [PropertyID: PhandleList.Fault] = [:]
    let lists = phandleLists
    for index in 0..<tree.propertyCount {
      let property = PropertyID(index)
      guard let list = lists[tree.nameIndex(property)],
        let fault = list.fault(in: property, self)
      else { continue }
      faults[property] = fault
    }
    return faults
  }

  /// In file order.
  func findPhandleFaults() -> [PhandleFault] {
    guard !listFaults.isEmpty else { return [] }
    return listFaults.sorted { $0.key < $1.key }.compactMap { property, fault in
      let node = tree.node(of: property)
      guard let list = phandleLists[tree.nameIndex(property)], isEnabled(node),
        !isMetadata(node)
      else { return nil }
      // The GPIOs of a hog are its parent's, without phandle.
      if list.counts == .gpioCells, tree.has(node, .gpioHog) { return nil }
      return PhandleFault(node: node, property: property, list: list, fault: fault)
    }
  }

  /// Whether the node is in `__symbols__` and the like: texts about the tree under the names of its
  /// properties.
  private func isMetadata(_ node: NodeID) -> Bool {
    var top = node
    while let parent = tree.parent(top), parent != .root { top = parent }
    let name = tree.nameRange(top)
    return top != .root && name.count > 4 && tree.bytes.matches("__", at: name.lowerBound)
  }
}

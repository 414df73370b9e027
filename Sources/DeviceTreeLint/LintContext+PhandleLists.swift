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
  fileprivate static func named(_ name: NameRecord, in tree: FlatTree) -> PhandleList? {
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
  /// All of the tree, in one pass: the first fault of each list of an enabled node.
  func findPhandleFaults() -> [PhandleFault] {
    var faults: [PhandleFault] = []
    let lists = tree.names.map { PhandleList.named($0, in: tree) }
    var metadata: NodeID?
    for node in tree.allNodes where isEnabled(node) {
      if let metadata, tree.isInside(node, metadata) { continue }
      guard !isMetadata(node) else {
        metadata = node
        continue
      }
      for property in tree.properties(node) {
        guard let list = lists[tree.nameIndex(property)],
          let fault = list.fault(in: property, self)
        else { continue }
        // The GPIOs of a hog are its parent's, without phandle.
        if list.counts == .gpioCells, tree.has(node, .gpioHog) { continue }
        faults.append(PhandleFault(node: node, property: property, list: list, fault: fault))
      }
    }
    return faults
  }

  /// `__symbols__` and the like: texts about the tree under the names of its properties.
  private func isMetadata(_ node: NodeID) -> Bool {
    let name = tree.nameRange(node)
    return tree.depth(node) == 1 && name.count > 4 && tree.bytes.matches("__", at: name.lowerBound)
  }
}

import DeviceTree

/// Who takes whose interrupts.
extension LintContext {
  /// A GIC of the tree.
  struct GIC {
    enum Version { case two, three }
    let node: NodeID
    let version: Version
  }

  /// Which GIC the node is; nil where it is none.
  func gicVersion(_ node: NodeID) -> GIC.Version? {
    var (low, high) = (0, gics.count)
    while low < high {
      let middle = (low + high) / 2
      if gics[middle].node < node { low = middle + 1 } else { high = middle }
    }
    return low < gics.count && gics[low].node == node ? gics[low].version : nil
  }

  /// The controllers with a GIC's binding, in file order. Xen has a driver for some of them only.
  ///
  /// Source: `arm,gic.yaml` and `arm,gic-v3.yaml`.
  static func gics(_ tree: FlatTree, among controllers: [NodeID]) -> [GIC] {
    controllers.compactMap { node in
      guard let compatible = tree.property(node, .compatible) else { return nil }
      if tree.lists(compatible, "arm,gic-v3") { return GIC(node: node, version: .three) }
      return tree.firstListed(compatible, among: gicV2Names) == nil
        ? nil : GIC(node: node, version: .two)
    }
  }

  static let gicV2Names: TextChoice = [
    "arm,gic-400", "arm,cortex-a15-gic", "arm,cortex-a7-gic", "arm,cortex-a9-gic",
    "arm,cortex-a5-gic", "arm,eb11mp-gic", "arm,arm1176jzf-devchip-gic", "arm,arm11mp-gic",
    "qcom,msm-8660-qgic", "qcom,msm-qgic2", "brcm,brahma-b15-gic", "arm,pl390",
  ]

  /// Who takes the node's `interrupts`: the nearest `interrupt-parent` on the way to the root, else
  /// the nearest node around it that is a controller or maps interrupts. Nil where there is none, or
  /// where the phandle leads nowhere.
  ///
  /// Source: Devicetree Specification v0.4, section 2.4.
  func interruptParent(_ node: NodeID) -> NodeID? {
    var next: NodeID? = node
    while let step = next {
      if let property = tree.property(step, .interruptParent) {
        guard let phandle = tree.onlyCell(property) else { return nil }
        // A root that names itself, as some old trees do, has no other parent.
        return self.node(withPhandle: phandle)
      }
      next = tree.parent(step)
      if let parent = next, isInterruptProvider(parent) { return parent }
    }
    return nil
  }

  /// The nodes that send interrupts to each GIC, however its cells are counted. One pass for all of
  /// them, since a tree may be made to have very many.
  func findSenders() -> [NodeID: [NodeID]] {
    var senders: [NodeID: [NodeID]] = [:]
    func add(_ node: NodeID, to controller: NodeID?) {
      guard let controller, gicVersion(controller) != nil,
        senders[controller]?.last != node
      else { return }
      senders[controller, default: []].append(node)
    }
    for node in interruptNodes {
      if let list = tree.property(node, .interruptsExtended) {
        for index in 0..<tree.cellCount(list) {
          add(node, to: tree.cell(list, index).flatMap { self.node(withPhandle: $0) })
        }
      } else {
        add(node, to: interruptParent(node))
      }
    }
    return senders
  }

  func isInterruptProvider(_ node: NodeID) -> Bool {
    tree.has(node, .interruptController) || tree.has(node, .interruptMap)
  }

  /// One interrupt of a node, as its controller counts.
  struct Interrupt {
    let controller: NodeID
    let property: PropertyID
    /// Which of the node's interrupts, from 0.
    let index: Int
    /// The number of the specifier's first cell in the property.
    let start: Int
    /// The specifier's cells.
    let count: Int
  }

  /// The node's interrupts, of `interrupts-extended` where it has that, else of `interrupts`. Those
  /// behind the first that cannot be told apart are left out.
  func interrupts(_ node: NodeID) -> [Interrupt] {
    var found: [Interrupt] = []
    if let property = tree.property(node, .interruptsExtended) {
      eachInterrupt(extended: property) { found.append($0) }
    } else if let property = tree.property(node, .interrupts),
      let controller = interruptParent(node)
    {
      eachInterrupt(property, to: controller) { found.append($0) }
    }
    return found
  }

  /// The interrupts of `interrupts-extended`. A phandle of 0 or -1 leaves a place empty.
  func eachInterrupt(extended property: PropertyID, _ body: (Interrupt) -> Void) {
    var (position, index) = (0, 0)
    while let phandle = tree.cell(property, position) {
      if phandle == 0 || phandle == .max {
        position += 1
        index += 1
        continue
      }
      guard let controller = node(withPhandle: phandle),
        let cells = interruptCells(controller), position + cells < tree.cellCount(property)
      else { return }
      body(
        Interrupt(
          controller: controller, property: property, index: index, start: position + 1,
          count: cells))
      position += 1 + cells
      index += 1
    }
  }

  /// The interrupts of `interrupts`, which go to one controller.
  func eachInterrupt(
    _ property: PropertyID, to controller: NodeID, _ body: (Interrupt) -> Void
  ) {
    guard let cells = interruptCells(controller), cells > 0 else { return }
    var index = 0
    for start in stride(from: 0, through: tree.cellCount(property) - cells, by: cells) {
      body(
        Interrupt(
          controller: controller, property: property, index: index, start: start, count: cells))
      index += 1
    }
  }

  /// The controller's `#interrupt-cells`, where that is a sensible number.
  func interruptCells(_ controller: NodeID) -> Int? {
    guard let cells = tree.onlyCell(controller, .interruptCells), cells <= 16 else { return nil }
    return Int(cells)
  }
}

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
    gics.first { $0.node == node }?.version
  }

  /// The controllers that Xen has a driver for, in file order.
  ///
  /// Source: Xen `xen/arch/arm/gic-v2.c` and `gic-v3.c`, `gicv2_dt_match`, `gicv3_dt_match`.
  static func gics(_ tree: FlatTree, among controllers: [NodeID]) -> [GIC] {
    controllers.compactMap { node in
      guard let compatible = tree.property(node, .compatible) else { return nil }
      if tree.lists(compatible, "arm,gic-v3") { return GIC(node: node, version: .three) }
      return gicV2Names.contains { tree.lists(compatible, $0) }
        ? GIC(node: node, version: .two) : nil
    }
  }

  static let gicV2Names: [StaticString] = [
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
      var position = 0
      while let phandle = tree.cell(property, position) {
        guard let controller = self.node(withPhandle: phandle),
          let cells = tree.onlyCell(controller, .interruptCells).flatMap({ Int(exactly: $0) }),
          (0...16).contains(cells), position + cells < tree.cellCount(property)
        else { break }
        found.append(
          Interrupt(
            controller: controller, property: property, index: found.count, start: position + 1,
            count: cells))
        position += 1 + cells
      }
      return found
    }
    guard let property = tree.property(node, .interrupts),
      let controller = interruptParent(node),
      let cells = tree.onlyCell(controller, .interruptCells).flatMap({ Int(exactly: $0) }),
      (1...16).contains(cells)
    else { return [] }
    for start in stride(from: 0, through: tree.cellCount(property) - cells, by: cells) {
      found.append(
        Interrupt(
          controller: controller, property: property, index: found.count, start: start,
          count: cells))
    }
    return found
  }

  /// An interrupt of a GIC, decoded.
  struct GICInterrupt {
    let interrupt: Interrupt
    /// The first cell: 0 SPI, 1 PPI, with GICv3 2 ESPI and 3 EPPI.
    let type: UInt32
    /// The second cell.
    let number: UInt32
    /// The third cell: the trigger in bits 0...3, for PPIs of a GICv2 a processor mask in 8...15.
    let flags: UInt32
  }

  /// The node's interrupts that go to a GIC and have all three cells.
  func gicInterrupts(_ node: NodeID) -> [GICInterrupt] {
    guard tree.has(node, .interrupts) || tree.has(node, .interruptsExtended) else { return [] }
    return interrupts(node).compactMap { interrupt in
      guard interrupt.count >= 3, gicVersion(interrupt.controller) != nil,
        let type = tree.cell(interrupt.property, interrupt.start),
        let number = tree.cell(interrupt.property, interrupt.start + 1),
        let flags = tree.cell(interrupt.property, interrupt.start + 2)
      else { return nil }
      return GICInterrupt(interrupt: interrupt, type: type, number: number, flags: flags)
    }
  }
}

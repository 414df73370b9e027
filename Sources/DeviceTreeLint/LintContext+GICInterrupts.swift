import DeviceTree

/// Interrupts that go to a GIC.
extension LintContext {
  /// An interrupt of a GIC, decoded.
  struct GICInterrupt {
    let node: NodeID
    let interrupt: Interrupt
    let version: GIC.Version
    /// The first cell: 0 SPI, 1 PPI, with a GICv3 2 ESPI and 3 EPPI.
    let type: UInt32
    /// The second cell.
    let number: UInt32
    /// The third cell: the trigger in bits 0...3, for PPIs of a GICv2 a processor mask in 8...15.
    let flags: UInt32

    /// Bits 0...3 of the flags: 1 rising, 2 falling edge, 4 high, 8 low level.
    var trigger: UInt32 { flags & 0xF }
    /// One of those that any processor can take.
    var isShared: Bool { type == 0 || (type == 2 && version == .three) }
    /// One of those that each processor has for itself.
    var isPrivate: Bool { type == 1 || (type == 3 && version == .three) }

    /// `SPI 32`; `interrupt <2 32 4>` where the type means nothing.
    var name: String {
      switch (type, version) {
      case (0, _): "SPI \(number)"
      case (1, _): "PPI \(number)"
      case (2, .three): "extended SPI \(number)"
      case (3, .three): "extended PPI \(number)"
      default: "interrupt <\(type) \(number) \(flags)>"
      }
    }
  }

  /// The node's interrupts that go to a GIC and have all three cells.
  func gicInterrupts(_ node: NodeID) -> [GICInterrupt] {
    guard tree.has(node, .interrupts) || tree.has(node, .interruptsExtended) else { return [] }
    return interrupts(node).compactMap { decoded($0, of: node) }
  }

  /// Of all nodes. Neighbours mostly have the same parent, and so the same controller.
  func findAllGICInterrupts() -> [GICInterrupt] {
    guard !gics.isEmpty else { return [] }
    var found: [GICInterrupt] = []
    var last: (parent: NodeID, controller: NodeID?)?
    for node in interruptNodes {
      if let property = tree.property(node, .interruptsExtended) {
        eachInterrupt(extended: property) { interrupt in
          if let one = decoded(interrupt, of: node) { found.append(one) }
        }
        continue
      }
      guard let property = tree.property(node, .interrupts) else { continue }
      let controller: NodeID?
      if let parent = tree.parent(node), !tree.has(node, .interruptParent) {
        if last?.parent != parent { last = (parent, interruptParent(node)) }
        controller = last?.controller
      } else {
        controller = interruptParent(node)
      }
      guard let controller, gicVersion(controller) != nil else { continue }
      eachInterrupt(property, to: controller) { interrupt in
        if let one = decoded(interrupt, of: node) { found.append(one) }
      }
    }
    return found
  }

  func decoded(_ interrupt: Interrupt, of node: NodeID) -> GICInterrupt? {
    // Cells of another number mean nothing, and `gic-cells` tells of them.
    guard let version = gicVersion(interrupt.controller),
      interrupt.count == 3 || (interrupt.count == 4 && version == .three),
      let type = tree.cell(interrupt.property, interrupt.start),
      let number = tree.cell(interrupt.property, interrupt.start + 1),
      let flags = tree.cell(interrupt.property, interrupt.start + 2)
    else { return nil }
    return GICInterrupt(
      node: node, interrupt: interrupt, version: version, type: type, number: number,
      flags: flags)
  }
}

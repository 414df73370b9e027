import BootImages
import DeviceTree

/// Interrupts that PCI buses hand on to a GIC.
extension LintContext {
  /// What Xen takes out of the `interrupt-map` of each PCI bus, since 4.6, as it would out of
  /// `interrupts`: the far side of every entry. What an entry says twice is there once. Entries
  /// behind the first that cannot be followed are left out.
  ///
  /// ```
  /// interrupt-map = <0 0 0  1  &gic  0 0  0 3 4>, …
  ///                  │      │   │    │    └ the interrupt at the GIC
  ///                  │      │   │    └ the GIC's #address-cells
  ///                  │      │   └ who takes it
  ///                  └──────┴ the device's address and pin, which Xen skips
  /// ```
  ///
  /// Source: Xen 4.6 `xen/arch/arm/domain_build.c`, `map_device_children`;
  /// `xen/common/device_tree.c`, `dt_for_each_irq_map`.
  func findMappedInterrupts() -> [GICInterrupt] {
    guard xen >= XenVersion(major: 4, minor: 6), !gics.isEmpty,
      tree.names.contains(where: { $0.known == .interruptMap })
    else { return [] }
    var found: [GICInterrupt] = []
    for index in 0..<tree.propertyCount {
      let map = PropertyID(index)
      guard tree.known(map) == .interruptMap else { continue }
      let bus = tree.node(of: map)
      guard tree.property(bus, .interruptMap) == map,
        let type = tree.property(bus, .deviceType), tree.lists(type, "pci")
      else { continue }
      struct Line: Hashable {
        let type: UInt32
        let number: UInt32
        let flags: UInt32
      }
      var seen: Set<Line> = []
      eachEntry(of: map, bus) { interrupt in
        guard let one = decoded(interrupt, of: bus),
          seen.insert(Line(type: one.type, number: one.number, flags: one.flags)).inserted
        else { return }
        found.append(one)
      }
    }
    return found
  }

  private func eachEntry(of map: PropertyID, _ bus: NodeID, _ body: (Interrupt) -> Void) {
    guard let pins = interruptCells(bus) else { return }
    let count = tree.cellCount(map)
    let near = xenCells(bus).address + pins
    var (position, index) = (0, 0)
    while count - position > near, let phandle = tree.cell(map, position + near) {
      position += near + 1
      guard let controller = node(withPhandle: phandle), let cells = interruptCells(controller)
      else { return }
      let far = tree.onlyCell(controller, .addressCells).map(Int.init) ?? 0
      guard count - position >= far + cells else { return }
      body(
        Interrupt(
          controller: controller, property: map, index: index, start: position + far, count: cells))
      position += far + cells
      index += 1
    }
  }
}

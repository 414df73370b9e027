import Boards
import BootImages
import DeviceTree
import Diagnostics
import Measures

/// Memory beyond the addresses that Xen has on such a processor.
enum RegWidth: PropertyRule {
  static let card = RuleCard(
    id: "reg-width", family: .tree, severity: .error,
    summary: "memory or a module lies beyond the addresses that Xen has",
    why: """
      Xen has 40 bits of physical address on 32-bit ARM and 48 on 64-bit. What lies beyond cannot be
      mapped; a build for 32 bits of address cuts the number off with "Physical address greater than
      max width supported". Such an address is mostly one cell too many, or two swapped ones.
      """,
    context: .xen,
    evidence: .silence(version: "4.17.5"),
    source: """
      Xen xen/common/device-tree/bootfdt.c, device_tree_get_reg; xen/arch/arm/Kconfig, PADDR_BITS
      """,
    bad: [
      RuleExample(
        """
        / {
          #address-cells = <2>; #size-cells = <2>;
          memory@4000000000000000 {
            device_type = "memory";
            «reg» = <0x40000000 0 0x40000000 0>;
          };
          timer { compatible = "arm,armv7-timer"; };
        };
        """, for: .xen("4.17"))
    ],
    good: [
      RuleExample(
        """
        / {
          #address-cells = <2>; #size-cells = <2>;
          memory@800000000 { device_type = "memory"; reg = <8 0 1 0>; };
          timer { compatible = "arm,armv7-timer"; };
        };
        """, for: .xen("4.17"))
    ])

  static let names: [KnownName] = [.reg]

  static func check(
    _ property: PropertyID, of node: NodeID, _ context: LintContext, _ findings: inout Findings
  ) {
    let tree = context.tree
    guard let bus = tree.parent(node) else { return }
    let cells = context.cells(bus, .xen)
    guard (1...2).contains(cells.address), (1...2).contains(cells.size) else { return }
    var start = 0
    while let address = tree.number(property, at: start, cells: cells.address),
      let size = tree.number(property, at: start + cells.address, cells: cells.size)
    {
      start += cells.address + cells.size
      let (end, wraps) = address.addingReportingOverflow(size)
      guard wraps || end > 1 << 40 else { continue }
      guard bus == context.reservedMemory || context.isMemory(node) || context.isModule(node)
      else { return }
      let bits = physicalBits(context)
      guard wraps || end > 1 << bits else { continue }
      findings.report(
        "\(hex(size)) bytes at \(hex(address)) are beyond the \(bits) bits of address that Xen has"
          + " here", at: node, property,
        severity: bus == context.reservedMemory ? .warning : nil,
        help: "correct the address and the size, and the number of cells in each")
      return
    }
  }

  private static func physicalBits(_ context: LintContext) -> UInt64 {
    if context.target.soc?.processor.architecture == .arm32 { return 40 }
    let tree = context.tree
    let timers = tree.allNodes.lazy.compactMap { tree.property($0, .compatible) }
    return timers.contains { tree.lists($0, "arm,armv7-timer") }
      && !timers.contains { tree.lists($0, "arm,armv8-timer") } ? 40 : 48
  }
}

import BootImages
import DeviceTree
import Diagnostics

/// A device whose address does not lead to the processor.
enum RangesRequired: TreeRule {
  static let card = RuleCard(
    id: "ranges-required", family: .tree, severity: .error,
    summary: "no `ranges` leads from a device's address to the processor",
    why: """
      Each bus on the way has to say in `ranges` where its addresses stand in those of its parent.
      Where one does not, or has no entry for the address, the device is lost to Linux. Xen does not
      build dom0 then: "Unable to retrieve address 0 for /…", for a disabled device too. Where the
      device's own bus has no `ranges`, Xen maps nothing and says nothing.
      """,
    evidence: .seen("Unable to retrieve address 0 for /bus/dev@2000", version: "4.17.5"),
    source: """
      Devicetree Specification v0.4, section 2.3.8; Xen xen/common/device-tree/device-tree.c, \
      __dt_translate_address; xen/arch/arm/device.c, handle_device
      """,
    bad: [
      """
      / {
        #address-cells = <1>; #size-cells = <1>;
        «soc» {
          compatible = "simple-bus";
          #address-cells = <1>; #size-cells = <1>;
          serial@1c28000 { reg = <0x1c28000 0x400>; };
        };
      };
      """,
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          soc {
            #address-cells = <1>; #size-cells = <1>;
            ranges = <0 0x1c00000 0x100000>;
            serial@128000 {
              status = "disabled";
              «reg» = <0x128000 0x400>;
            };
          };
        };
        """, for: .xen("4.17")),
    ],
    good: [
      """
      / {
        #address-cells = <1>; #size-cells = <1>;
        soc {
          compatible = "simple-bus";
          #address-cells = <1>; #size-cells = <1>; ranges;
          flash@1c03000 {
            reg = <0x1c03000 0x1000>;
            #address-cells = <1>; #size-cells = <1>;
            partition@0 { reg = <0 0x100000>; };
          };
        };
      };
      """
    ])

  /// An address that leads nowhere.
  private struct Lost {
    let node: NodeID
    let property: PropertyID
    let index: Int
    let address: UInt64
  }

  static func check(_ context: LintContext, _ findings: inout Findings) {
    let tree = context.tree
    // Most such mistakes are one of the bus, and lose each device that is behind it.
    var lost: [NodeID: [Lost]] = [:]
    var buses: [NodeID] = []
    for node in tree.allNodes {
      guard let bus = tree.parent(node), bus != .root else { continue }
      if tree.has(bus, .ranges) {
        guard let reg = tree.property(node, .reg),
          let (culprit, address) = lostAddress(of: node, reg, on: bus, context)
        else { continue }
        if lost[culprit] == nil { buses.append(culprit) }
        lost[culprit, default: []].append(address)
      } else {
        checkBus(bus, first: node, context, &findings)
      }
    }
    for bus in buses { report(lost[bus] ?? [], bus, context, &findings) }
  }

  /// A bus that is nothing but its translation, without one; told at its first child.
  private static func checkBus(
    _ bus: NodeID, first: NodeID, _ context: LintContext, _ findings: inout Findings
  ) {
    let tree = context.tree
    guard first.index == bus.index + 1, tree.isCompatible(bus, "simple-bus"),
      context.isEnabled(bus), context.sizeCells(bus) > 0,
      let device = tree.children(bus).first(where: {
        context.isEnabled($0) && tree.has($0, .reg)
      })
    else { return }
    findings.report(
      "the bus has no `ranges`, so nothing on it has an address, `\(tree.name(device))` for one",
      at: bus, help: "add `ranges;`, or entries where its addresses are not those of its parent")
  }

  /// The first address of the device that does not lead to the processor, and the bus where it ends.
  private static func lostAddress(
    of node: NodeID, _ reg: PropertyID, on bus: NodeID, _ context: LintContext
  ) -> (NodeID, Lost)? {
    let tree = context.tree
    // dom0 gets disabled devices too; before 4.6 it did not.
    guard
      context.isEnabled(node)
        || (context.isForXen && context.xen >= XenVersion(major: 4, minor: 6))
    else { return nil }
    let cells = context.cells(bus, .xen)
    guard (1...2).contains(cells.address), (1...4).contains(cells.size), !context.isPCI(bus) else {
      return nil
    }
    var start = 0
    var index = 0
    while let address = tree.number(reg, at: start, cells: cells.address),
      start + cells.address + cells.size <= tree.cellCount(reg)
    {
      switch context.translation(of: address, from: bus) {
      case .address:
        start += cells.address + cells.size
        index += 1
      case .unknown: return nil
      case .noRanges(let culprit), .outside(let culprit):
        // Ranges that are out of step lead nowhere, which is another rule's.
        guard hasWholeRanges(culprit, context) else { return nil }
        // Two cells can be a number of a window and an offset, whose ranges a driver makes.
        guard
          context.isForXen ? isHandedToDom0(node, context) : context.addressCells(culprit) == 1
        else { return nil }
        return (culprit, Lost(node: node, property: reg, index: index, address: address))
      }
    }
    return nil
  }

  private static func hasWholeRanges(_ bus: NodeID, _ context: LintContext) -> Bool {
    guard let ranges = context.tree.property(bus, .ranges), let parent = context.tree.parent(bus)
    else { return true }
    let own = context.cells(bus, .xen)
    let entry = 4 * (own.address + context.cells(parent, .xen).address + own.size)
    return entry > 0 && context.tree.length(ranges).isMultiple(of: entry)
  }

  private static func report(
    _ lost: [Lost], _ bus: NodeID, _ context: LintContext, _ findings: inout Findings
  ) {
    guard let first = lost.first else { return }
    let tree = context.tree
    let others = lost.dropFirst().prefix(4).map { tree.path($0.node) }.joined(separator: ", ")
    findings.report(
      "address \(first.index), \(hex(first.address)), does not lead to the processor:"
        + " \(tree.path(bus)) has no \(tree.has(bus, .ranges) ? "range for it" : "`ranges`")"
        + (context.isForXen ? "; Xen does not build dom0 then" : ""),
      at: first.node, first.property, severity: context.isForXen ? .error : .warning,
      notes: lost.count == 1
        ? [] : ["\(lost.count - 1) more end there: \(others)\(lost.count > 5 ? ", …" : "")"],
      help: "correct the address, or `ranges` of \(tree.path(bus))")
  }

  /// Whether dom0 gets the node as it stands.
  ///
  /// Source: Xen `xen/arch/arm/domain_build.c`, `handle_node`.
  private static func isHandedToDom0(_ node: NodeID, _ context: LintContext) -> Bool {
    let tree = context.tree
    var next: NodeID? = node
    while let step = next {
      if step == context.cpus || context.isModule(step) || context.gicVersion(step) != nil {
        return false
      }
      if tree.isCompatible(step, "xen,domain") || tree.isCompatible(step, "arm,armv7-timer-mem") {
        return false
      }
      next = tree.parent(step)
    }
    return true
  }
}

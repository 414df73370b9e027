import DeviceTree
import Diagnostics

/// A node that does not say in which cells its children count, so that readers differ.
enum CellsInherited: TreeRule {
  static let card = RuleCard(
    id: "cells-inherited", family: .tree, severity: .warning,
    summary: "a node does not say in which cells its children count, and readers differ",
    why: """
      Xen and Linux count as the nearest node further up says, dtc, U-Boot and the specification 2
      cells of address and 1 of size. One of them gets another address out of the same bytes: a
      module that U-Boot edits is another one than the module that Xen looks for.
      """,
    evidence: .tolerated(version: "4.17.5"),
    aliases: ["avoid_default_addr_size", "ranges_format", "reg_format"],
    after: ["d0l-cells", "reserved-memory-shape"],
    source: """
      Devicetree Specification v0.4, section 2.3.5; Xen xen/common/device-tree/bootfdt.c, \
      device_tree_for_each_node; libfdt fdt_addresses.c
      """,
    bad: [
      """
      / {
        #address-cells = <1>; #size-cells = <1>;
        chosen {
          «modules» {
            module@44000000 {
              compatible = "multiboot,kernel", "multiboot,module";
              reg = <0x44000000 0x400000>;
            };
          };
        };
      };
      """
    ],
    good: [
      """
      / {
        #address-cells = <1>; #size-cells = <1>;
        chosen {
          modules {
            #address-cells = <1>; #size-cells = <1>;
            module@44000000 {
              compatible = "multiboot,kernel", "multiboot,module";
              reg = <0x44000000 0x400000>;
            };
          };
        };
      };
      """
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    let tree = context.tree
    // The children that count by each such node, in file order; disabled ones follow from the others.
    var children: [NodeID: [NodeID]] = [:]
    var buses: [NodeID] = []
    for node in tree.allNodes {
      guard let bus = tree.parent(node), bus != .root else { continue }
      let index = Int(bus.index)
      guard context.ownAddressCells[index] < 0 || context.ownSizeCells[index] < 0,
        tree.has(node, .reg) || tree.has(node, .ranges),
        context.cells(bus, .specification) != context.cells(bus, .xen)
      else { continue }
      if children[bus] == nil { buses.append(bus) }
      children[bus, default: []].append(node)
    }
    for bus in buses { report(bus, children[bus] ?? [], context, &findings) }
  }

  private static func report(
    _ bus: NodeID, _ children: [NodeID], _ context: LintContext, _ findings: inout Findings
  ) {
    let tree = context.tree
    let judged = children.filter { context.isEnabled($0) && tree.has($0, .reg) }
    guard let first = judged.first else { return }
    let here = context.cells(bus, .specification)
    let inherited = context.cells(bus, .xen)
    func fits(_ node: NodeID, _ cells: (address: Int, size: Int)) -> Bool {
      tree.property(node, .reg).map {
        RegLength.fits(tree.length($0), cells.address + cells.size)
      } ?? true
    }
    // What Xen and Linux cannot read as it was meant; an empty `reg` is another mistake.
    let unread = judged.first { node in
      tree.property(node, .reg).map { tree.length($0) > 0 } ?? false && !fits(node, inherited)
    }
    let isMisfit = judged.contains { !fits($0, here) }
    // What that child has been counted in, most likely.
    let usual = [1: (1, 0), 2: (1, 1), 3: (2, 1), 4: (2, 2)]
    let numbers =
      unread.flatMap { tree.property($0, .reg) }.flatMap { usual[tree.cellCount($0)] } ?? inherited
    findings.report(
      "`\(tree.name(bus))` does not say how its children's `reg` counts: Xen and Linux take"
        + " \(inherited.address) + \(inherited.size) cells for a pair, dtc and U-Boot"
        + " \(here.address) + \(here.size)"
        + (unread.map { node in
          "; `\(tree.name(node))` is written in " + (fits(node, here) ? "the latter" : "neither")
        } ?? ""),
      at: bus, severity: unread == nil ? .warning : .error,
      notes: [
        "`\(tree.name(first))` is counted so"
          + (judged.count > 1 ? ", and \(judged.count - 1) more" : "")
      ],
      help: "add `#address-cells = <\(numbers.0)>;` and `#size-cells = <\(numbers.1)>;` to"
        + " \(tree.path(bus))",
      aliases: ["avoid_default_addr_size"] + (isMisfit ? ["reg_format"] : []),
      others: children)
  }
}

import DeviceTree
import Diagnostics

/// Two devices at one place.
///
/// That registers lie inside those of another device is how trees say "part of it", and devices
/// share single registers; neither is told.
enum TranslatedCollision: TreeRule {
  static let card = RuleCard(
    id: "translated-collision", family: .tree, severity: .warning,
    summary: "the registers of two enabled devices overlap in part, or are those of a twin",
    why: """
      Two drivers write the same registers, or one takes the other's memory away and the second
      fails with "can't request region". Mostly one of the two addresses, or a size, is a slip.
      """,
    evidence: .tolerated(version: "4.17.5"), after: ["reserved-overlap"],
    source: "Devicetree Specification v0.4, section 2.3.6",
    bad: [
      """
      / {
        #address-cells = <1>; #size-cells = <1>;
        serial@1c28000 { compatible = "snps,dw-apb-uart"; reg = <0x1c28000 0x800>; };
        i2c@1c28400 {
          compatible = "allwinner,sun4i-a10-i2c";
          «reg» = <0x1c28400 0x800>;
        };
      };
      """,
      """
      / {
        #address-cells = <1>; #size-cells = <1>;
        serial@1c28000 { compatible = "snps,dw-apb-uart"; reg = <0x1c28000 0x400>; };
        serial@1c28400 {
          compatible = "snps,dw-apb-uart";
          «reg» = <0x1c28000 0x400>;
        };
      };
      """,
    ],
    good: [
      """
      / {
        #address-cells = <1>; #size-cells = <1>;
        syscon@1c00000 { compatible = "example,control", "syscon"; reg = <0x1c00000 0x1000>; };
        phy@1c00100 { compatible = "example,phy"; reg = <0x1c00100 0x10>; };
        serial@1c28000 { compatible = "snps,dw-apb-uart"; reg = <0x1c28000 0x400>; };
        serial@1c28400 { compatible = "snps,dw-apb-uart"; reg = <0x1c28400 0x400>; };
      };
      """
    ])

  /// One pair of a `reg`, where the processor sees it.
  private struct Block {
    let start: UInt64
    let end: UInt64
    let node: NodeID
    let isFirst: Bool
  }

  static func check(_ context: LintContext, _ findings: inout Findings) {
    var blocks = blocks(context)
    blocks.sort { ($0.start, $1.end, $0.node) < ($1.start, $0.end, $1.node) }
    // Those that are still open where the next one begins, the innermost last. In a sound tree each
    // lies inside the one before it.
    var open: [Block] = []
    var told: Set<NodeID> = []
    for block in blocks {
      while let last = open.last, last.end <= block.start { open.removeLast() }
      if let last = open.last, !areKin(last.node, block.node, context),
        block.end > last.end || areTwins(last, block, context),
        told.insert(block.node).inserted
      {
        report(block, against: last, context, &findings)
      }
      open.append(block)
      // What reaches beyond those that it lies in takes their place.
      while open.count > 1, let last = open.last, open[open.count - 2].end < last.end {
        open.remove(at: open.count - 2)
      }
    }
  }

  private static func blocks(_ context: LintContext) -> [Block] {
    let tree = context.tree
    var blocks: [Block] = []
    blocks.reserveCapacity(tree.nodeCount)
    for node in tree.allNodes where context.isEnabled(node) {
      guard let reg = tree.property(node, .reg), let bus = tree.parent(node) else { continue }
      let cells = context.cells(bus, .xen)
      guard (1...2).contains(cells.address), (1...2).contains(cells.size) else { continue }
      // Only addresses that somebody leads to the processor.
      guard bus == .root || tree.has(bus, .ranges), !context.isPCI(bus) else { continue }
      var start = 0
      while let address = tree.number(reg, at: start, cells: cells.address),
        let size = tree.number(reg, at: start + cells.address, cells: cells.size)
      {
        if size > 0, let first = context.translate(address, from: bus) {
          let (end, wraps) = first.addingReportingOverflow(size)
          if !wraps {
            blocks.append(Block(start: first, end: end, node: node, isFirst: start == 0))
          }
        }
        start += cells.address + cells.size
      }
    }
    return blocks
  }

  /// One is the other, or lies in it.
  private static func areKin(_ one: NodeID, _ other: NodeID, _ context: LintContext) -> Bool {
    context.tree.isInside(one, other) || context.tree.isInside(other, one)
  }

  /// Two devices of one kind whose main registers are the same.
  private static func areTwins(_ one: Block, _ other: Block, _ context: LintContext) -> Bool {
    let tree = context.tree
    guard one.start == other.start, one.end == other.end, one.isFirst, other.isFirst,
      let left = tree.property(one.node, .compatible),
      let right = tree.property(other.node, .compatible)
    else { return false }
    return tree.value(left).elementsEqual(tree.value(right))
  }

  private static func report(
    _ block: Block, against other: Block, _ context: LintContext, _ findings: inout Findings
  ) {
    let tree = context.tree
    findings.report(
      "the registers at \(hex(block.start))..\(hex(block.end - 1)) overlap those of"
        + " \(tree.path(other.node)) at \(hex(other.start))..\(hex(other.end - 1))",
      at: block.node, tree.property(block.node, .reg),
      help:
        "correct the address or the size of one of the two, or disable the one that is not there")
  }
}

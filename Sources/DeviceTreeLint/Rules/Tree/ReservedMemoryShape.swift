import DeviceTree
import Diagnostics

/// A `/reserved-memory` that is not honoured, or not as it was meant.
enum ReservedMemoryShape: TreeRule {
  static let card = RuleCard(
    id: "reserved-memory-shape", family: .tree, severity: .warning,
    summary:
      "/reserved-memory has not the cells and the `ranges` that it needs, or a region lacks a place",
    why: """
      Its regions are counted as the root counts, and an empty `ranges` has to say so. Linux skips
      the whole node otherwise ("unsupported node format, ignoring"), and gives away what a
      framebuffer or firmware lives in. A region needs `reg`, or `size` for one that is placed at
      boot; memory that is not to be mapped cannot be lent out as well.
      """,
    evidence: .tolerated(version: "4.17.5"),
    source: "Devicetree Specification v0.4, section 3.5; Linux drivers/of/of_reserved_mem.c",
    bad: [
      """
      / {
        #address-cells = <1>; #size-cells = <1>;
        «reserved-memory» { #address-cells = <1>; #size-cells = <1>; };
      };
      """,
      """
      / {
        #address-cells = <1>; #size-cells = <1>;
        reserved-memory {
          ranges; #size-cells = <1>;
          «#address-cells» = <2>;
          region@43000000 { reg = <0 0x43000000 0x10000>; };
        };
      };
      """,
      """
      / {
        #address-cells = <1>; #size-cells = <1>;
        reserved-memory {
          #address-cells = <1>; #size-cells = <1>; ranges;
          «firmware» { no-map; };
          pool {
            size = <0x100000>; no-map;
            «reusable»;
          };
        };
      };
      """,
    ],
    good: [
      """
      / {
        #address-cells = <1>; #size-cells = <1>;
        reserved-memory {
          #address-cells = <1>; #size-cells = <1>; ranges;
          firmware@43000000 { reg = <0x43000000 0x10000>; no-map; };
          pool { size = <0x100000>; reusable; };
        };
      };
      """
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard let node = context.reservedMemory, context.isEnabled(node) else { return }
    let tree = context.tree
    let root = context.cells(.root, .specification)
    var missing: [(name: String, line: String)] = []
    for (name, count) in [(KnownName.addressCells, root.address), (.sizeCells, root.size)] {
      guard let property = tree.property(node, name) else {
        missing.append((name.rawValue, "\(name.rawValue) = <\(count)>;"))
        continue
      }
      guard let own = tree.onlyCell(property), own != UInt32(truncatingIfNeeded: count) else {
        continue
      }
      findings.report(
        "`\(name.rawValue)` is \(own) here and \(count) at the root", at: node, property,
        help: "write \(count), and count each `reg` below anew")
    }
    if let ranges = tree.property(node, .ranges) {
      if tree.length(ranges) > 0 {
        findings.report(
          "`ranges` of /reserved-memory is not empty", at: node, ranges,
          help: "write `ranges;`: its addresses are the root's")
      }
    } else {
      missing.append(("ranges", "ranges;"))
    }
    if !missing.isEmpty {
      findings.report(
        "/reserved-memory has no " + missing.map { "`\($0.name)`" }.joined(separator: " and no "),
        at: node,
        help: "add " + missing.map { "`\($0.line)`" }.joined(separator: " ")
          + ": its addresses are the root's")
    }
    for region in tree.children(node) where context.isEnabled(region) {
      if !tree.has(region, .reg), !tree.has(region, .size) {
        findings.report(
          "the region has neither `reg` nor `size`", at: region,
          help: "say where it is in `reg`, or how large it is in `size`")
      }
      if tree.has(region, .noMap), let reusable = tree.property(region, .reusable) {
        findings.report(
          "memory that is not to be mapped cannot be lent out", at: region, reusable,
          help: "take out `reusable` or `no-map`")
      }
    }
  }
}

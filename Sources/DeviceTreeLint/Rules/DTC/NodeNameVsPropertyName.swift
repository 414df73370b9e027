import DeviceTree
import Diagnostics

/// dtc's check of the same name.
enum NodeNameVsPropertyName: TreeRule {
  static let card = RuleCard(
    id: "node_name_vs_property_name", family: .dtc, severity: .warning,
    summary: "a node and a property beside it have one name",
    why: """
      Linux shows both as a file of one folder, `/proc/device-tree`, and has to rename one of them.
      Tools that go by a path take the wrong one.
      """,
    after: ["node_name_chars"],
    source: "dtc checks.c, check_node_name_vs_property_name",
    bad: [
      """
      / {
        soc {
          memory = <1>;
          «memory» { };
        };
      };
      """
    ],
    good: ["/ { soc { size = <1>; memory { }; }; };"])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    let tree = context.tree
    let table = PropertyNameTable(tree)
    // The last node that has a property of the name.
    var holders = [NodeID](repeating: NodeID(-1), count: tree.names.count)
    for node in tree.allNodes where tree.hasChildren(node) {
      var isNoted = false
      for child in tree.children(node) {
        guard let name = table.index(ofNameOf: child) else { continue }
        if !isNoted { note(node, tree, &holders) }
        isNoted = true
        guard holders[name] == node else { continue }
        findings.report(
          "a property of the node around it is called `\(tree.name(child))` too", at: child,
          help: "rename one of the two")
      }
    }
  }

  private static func note(_ node: NodeID, _ tree: FlatTree, _ holders: inout [NodeID]) {
    for property in tree.properties(node) {
      // dtc has dropped a right `name` by now.
      if tree.known(property) == .name, NameProperties.isRight(property, of: node, tree) {
        continue
      }
      holders[tree.nameIndex(property)] = node
    }
  }
}

/// The names of a tree's properties, by what they say.
private struct PropertyNameTable {
  private let tree: FlatTree
  /// Open addressing over the names' numbers; -1 where nothing is.
  private var slots: [Int32]
  /// No name has an `@`, so that no node with an address needs to be looked for.
  private let isPlain: Bool
  /// Begun anew for each process, so that no tree is made to fill one corner.
  private static let seed = UInt64.random(in: 0...UInt64.max)

  init(_ tree: FlatTree) {
    self.tree = tree
    var size = 64
    while size < tree.names.count * 4 { size *= 2 }
    slots = Array(repeating: -1, count: size)
    var isPlain = true
    for (number, name) in tree.names.enumerated() {
      if tree.bytes[name.range].contains(UInt8(ascii: "@")) { isPlain = false }
      var slot = Self.hash(tree, name.range) & (size - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = Int32(truncatingIfNeeded: number)
    }
    self.isPlain = isPlain
  }

  /// The number of the property name that is the node's whole name.
  func index(ofNameOf node: NodeID) -> Int? {
    guard !isPlain || !tree.hasUnitAddress(node) else { return nil }
    let range = tree.nameRange(node)
    var slot = Self.hash(tree, range) & (slots.count - 1)
    while slots[slot] >= 0 {
      let number = Int(slots[slot])
      let other = tree.names[number].range
      if other.count == range.count, tree.bytes[other].elementsEqual(tree.bytes[range]) {
        return number
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  private static func hash(_ tree: FlatTree, _ range: Range<Int>) -> Int {
    var hash = seed
    for index in range { hash = (hash ^ UInt64(tree.bytes[index])) &* 0x9E37_79B9_7F4A_7C15 }
    return Int(truncatingIfNeeded: hash ^ hash >> 32)
  }
}

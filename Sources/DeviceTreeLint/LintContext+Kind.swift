import Bytes
import DeviceTree

/// What kind of tree it is.
extension LintContext {
  /// Nodes that are looked for in all trees.
  enum Kind { case module, timer }

  private static let kindNames: TextChoice = [
    "multiboot,module", "xen,domain", "xen,multiboot-module", "arm,armv7-timer", "arm,armv8-timer",
  ]
  /// What each of them makes of a node.
  private static let kinds: [Kind] = [.module, .module, .module, .timer, .timer]

  /// What a `compatible` says that the node is, if anything of these.
  static func kind(_ tree: FlatTree, _ compatible: PropertyID) -> Kind? {
    tree.firstListed(compatible, among: kindNames).map { kinds[$0] }
  }

  /// Whether a property in the tree is for Xen to read. What Xen itself wrote for a guest is not.
  static func hasProperties(forXen tree: FlatTree) -> Bool {
    if let hypervisor = tree.child(.root, "hypervisor"), tree.isCompatible(hypervisor, "xen,xen") {
      // Xen made this tree for a guest, and what it wrote there is not for itself to read.
      guard let chosen = tree.child(.root, "chosen") else { return false }
      return tree.properties(chosen).contains { tree.isNameOfXen(tree.propertyNameRange($0)) }
    }
    return tree.names.contains { tree.isNameOfXen($0.range) }
  }

  /// Whether `/hypervisor` is one that Xen makes for its guests. Other hypervisors have such a node
  /// too; without a `compatible`, only Xen's binding has both `reg` and `interrupts` there.
  func isXenHypervisor(_ node: NodeID) -> Bool {
    guard let compatible = tree.property(node, .compatible) else {
      return tree.has(node, .reg) && tree.has(node, .interrupts)
    }
    return tree.value(compatible).split(separator: 0).contains { $0.starts(with: "xen,".utf8) }
  }
}

extension FlatTree {
  /// Whether a property's name is one that Xen alone reads.
  func isNameOfXen(_ name: Range<Int>) -> Bool {
    name.count >= 4 && bytes[name.lowerBound] == UInt8(ascii: "x")
      && bytes.matches("xen,", at: name.lowerBound)
  }
}

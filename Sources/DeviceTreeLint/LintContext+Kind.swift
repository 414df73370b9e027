import DeviceTree

/// What kind of tree it is.
extension LintContext {
  /// Whether something in the tree is for Xen to read. What Xen itself wrote for a guest is not.
  static func mentionsXen(_ tree: FlatTree) -> Bool {
    let prefix = Array("xen,".utf8)
    func isOfXen(_ name: Range<Int>) -> Bool { tree.bytes[name].starts(with: prefix) }
    if let hypervisor = tree.child(.root, "hypervisor"), tree.isCompatible(hypervisor, "xen,xen") {
      // Xen made this tree for a guest, and what it wrote there is not for itself to read.
      let chosen = tree.child(.root, "chosen")
      if let chosen,
        tree.properties(chosen).contains(where: { isOfXen(tree.propertyNameRange($0)) })
      {
        return true
      }
    } else if tree.names.contains(where: { isOfXen($0.range) }) {
      return true
    }
    for node in tree.allNodes {
      guard let compatible = tree.property(node, .compatible) else { continue }
      if tree.lists(compatible, "multiboot,module") || tree.lists(compatible, "xen,domain")
        || tree.lists(compatible, "xen,multiboot-module")
      {
        return true
      }
    }
    return false
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

import BootImages
import DeviceTree

/// A node that is meant as a module, whether Xen comes to see it or not.
struct ModuleNode {
  let node: NodeID
  let compatible: PropertyID
  /// One of the two names is there without which Xen passes it by.
  let isGeneric: Bool
  /// What it says that it is.
  let kind: BootModule.Kind?
}

extension LintContext {
  /// All of them, in file order.
  func findModuleNodes() -> [ModuleNode] {
    var found: [ModuleNode] = []
    for node in tree.allNodes {
      guard let compatible = tree.property(node, .compatible), mayName(compatible, node) else {
        continue
      }
      let isGeneric =
        tree.lists(compatible, "multiboot,module") || tree.lists(compatible, "xen,multiboot-module")
      let kind = statedKind(compatible)
      guard isGeneric || kind != nil else { continue }
      found.append(
        ModuleNode(node: node, compatible: compatible, isGeneric: isGeneric, kind: kind))
    }
    return found
  }

  /// Most nodes of a tree are ruled out by one letter: only below `/chosen` may another name stand
  /// before one of these.
  private func mayName(_ compatible: PropertyID, _ node: NodeID) -> Bool {
    switch tree.value(compatible).first {
    case UInt8(ascii: "m"), UInt8(ascii: "x"): true
    default: chosen.map { tree.isInside(node, $0) } == true
    }
  }

  /// Whether Xen passes a node by that is meant as a module.
  func isMissed(_ node: ModuleNode) -> Bool { !isModule(node.node) || !isReachable(node.node) }
}

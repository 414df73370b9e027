import BootImages
import DeviceTree
import Measures

/// A node by which Xen is told of a file in memory.
struct BootModule {
  enum Kind { case kernel, ramdisk, tree, policy, unknown }

  let node: NodeID
  let kind: Kind
  /// Xen guessed the kind by the order of the nodes.
  let isGuessed: Bool
  /// The guest that it is for; nil for dom0's.
  let domain: NodeID?
  /// The first pair of its `reg`, in cells as Xen counts them; nil where that is absent or short.
  let range: AddressRange?
}

extension LintContext {
  /// Whether Xen looks at the node as a module at all.
  ///
  /// Source: `early_scan_node`, Xen `xen/common/device-tree/bootfdt.c`; before 4.12 anywhere in the
  /// tree, since then below `/chosen` only; before 4.5 by the `xen,*` name only.
  func isModule(_ node: NodeID) -> Bool {
    guard let compatible = tree.property(node, .compatible) else { return false }
    return tree.lists(compatible, "xen,multiboot-module")
      || (xen >= XenVersion(major: 4, minor: 5) && tree.lists(compatible, "multiboot,module"))
  }

  /// Source: `process_multiboot_node`, Xen `xen/common/device-tree/bootinfo-fdt.c`.
  func findModules() -> [BootModule] {
    let root: NodeID
    if xen >= XenVersion(major: 4, minor: 12) {
      guard let chosen else { return [] }
      root = chosen
    } else {
      root = .root
    }
    var modules: [BootModule] = []
    // The count of untyped ones goes over the whole document, guests' among them.
    var untyped = 0
    for node in tree.subtree(root) where node != root && isModule(node) {
      guard let compatible = tree.property(node, .compatible) else { continue }
      let kind: BootModule.Kind
      var isGuessed = false
      if tree.lists(compatible, "xen,linux-zimage") || tree.lists(compatible, "multiboot,kernel") {
        kind = .kernel
      } else if tree.lists(compatible, "xen,linux-initrd")
        || tree.lists(compatible, "multiboot,ramdisk")
      {
        kind = .ramdisk
      } else if tree.lists(compatible, "xen,xsm-policy") {
        kind = .policy
      } else if tree.lists(compatible, "multiboot,device-tree") {
        kind = .tree
      } else {
        isGuessed = true
        kind = untyped == 0 ? .kernel : untyped == 1 ? .ramdisk : .unknown
        untyped += 1
      }
      let domain = tree.parent(node).flatMap { tree.isCompatible($0, "xen,domain") ? $0 : nil }
      modules.append(
        BootModule(
          node: node, kind: kind, isGuessed: isGuessed, domain: domain,
          range: moduleRange(node)))
    }
    return modules
  }

  private func moduleRange(_ node: NodeID) -> AddressRange? {
    guard let property = tree.property(node, .reg), let parent = tree.parent(node) else {
      return nil
    }
    let cells = xenCells(parent)
    guard (1...2).contains(cells.address), (1...2).contains(cells.size),
      let address = tree.number(property, at: 0, cells: cells.address),
      let size = tree.number(property, at: cells.address, cells: cells.size)
    else { return nil }
    return AddressRange(start: Address(address), size: ByteCount(size))
  }

  /// Whether Xen starts guests and no dom0: there is a guest's kernel and no kernel for dom0.
  var isDom0less: Bool {
    modules.contains { $0.kind == .kernel && $0.domain != nil }
      && !modules.contains { $0.kind == .kernel && $0.domain == nil }
  }
}

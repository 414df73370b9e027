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
  let pair: LintContext.RegPair?

  /// The same as a range; nil also where it would run past the last address of the machine.
  let range: AddressRange?
}

extension LintContext {
  /// Whether Xen takes the node for a module by what it says, wherever it stands.
  ///
  /// Source: `early_scan_node`, Xen `xen/common/device-tree/bootinfo-fdt.c`; before 4.5 it knew the
  /// `xen,*` name only.
  func isModule(_ node: NodeID) -> Bool {
    guard let compatible = tree.property(node, .compatible) else { return false }
    return tree.lists(compatible, "xen,multiboot-module")
      || (xen >= XenVersion(major: 4, minor: 5) && tree.lists(compatible, "multiboot,module"))
  }

  /// Whether Xen looks for modules where the node stands: since 4.12 below `/chosen`, two nodes deep
  /// at most, and only where the path has room in its buffer; before that anywhere.
  ///
  /// Source: `early_scan_node` and `process_multiboot_node`, as above.
  func isReachable(_ node: NodeID) -> Bool {
    guard xen >= XenVersion(major: 4, minor: 12) else { return true }
    guard let chosen, node != chosen, tree.isInside(node, chosen) else { return false }
    return tree.depth(node) <= 3 && pathLength(node) <= Self.longestModulePath
  }

  /// Bytes of a module's path that Xen has room for: its buffer has 92, one of which is for the NUL.
  static let longestModulePath = 91

  /// Bytes of the node's path.
  func pathLength(_ node: NodeID) -> Int {
    var length = 0
    var next: NodeID? = node
    while let step = next, step != .root {
      length += 1 + tree.nameRange(step).count
      next = tree.parent(step)
    }
    return max(length, 1)
  }

  /// What the entries of a `compatible` say that the module is; nil where they leave it open.
  ///
  /// Source: `fdt_node_to_kind`, Xen `xen/common/device-tree/bootfdt.c`.
  func statedKind(_ compatible: PropertyID) -> BootModule.Kind? {
    if tree.lists(compatible, "xen,linux-zimage") || tree.lists(compatible, "multiboot,kernel") {
      return .kernel
    }
    if tree.lists(compatible, "xen,linux-initrd") || tree.lists(compatible, "multiboot,ramdisk") {
      return .ramdisk
    }
    if tree.lists(compatible, "xen,xsm-policy") { return .policy }
    return tree.lists(compatible, "multiboot,device-tree") ? .tree : nil
  }

  /// The modules that Xen comes to see, in its order. `status` does not matter to it.
  ///
  /// Source: `process_multiboot_node`, as above.
  func findModules() -> [BootModule] {
    let knowsGuests = xen >= XenVersion(major: 4, minor: 12)
    guard let root = knowsGuests ? chosen : NodeID.root else { return [] }
    var modules: [BootModule] = []
    // The count of untyped ones goes over the whole document, guests' among them.
    var untyped = 0
    for node in tree.subtree(root) where node != root && isModule(node) && isReachable(node) {
      guard let compatible = tree.property(node, .compatible) else { continue }
      let pair = modulePair(node)
      let stated = statedKind(compatible)
      var kind = stated ?? .unknown
      if stated == nil {
        if untyped == 0 { kind = .kernel } else if untyped == 1 { kind = .ramdisk }
        if untyped > 0, isPolicy(at: pair?.address) { kind = .policy }
        untyped += 1
      }
      let domain = tree.parent(node).flatMap {
        knowsGuests && tree.isCompatible($0, "xen,domain") ? $0 : nil
      }
      modules.append(
        BootModule(
          node: node, kind: kind, isGuessed: stated == nil, domain: domain, pair: pair,
          range: pair.flatMap(moduleRange)))
    }
    return modules
  }

  /// Nil where the module ends behind the last address, which is a mistake of its own: nobody knows
  /// then what it lies on.
  private func moduleRange(_ pair: RegPair) -> AddressRange? {
    guard let range = pair.range, isARM64 || range.end.rawValue <= 1 << 32 else { return nil }
    return range
  }

  private func modulePair(_ node: NodeID) -> RegPair? {
    guard let property = tree.property(node, .reg), let parent = tree.parent(node) else {
      return nil
    }
    let cells = xenCells(parent)
    // Where nobody says how it is counted and the length does not fit, that is what is told: Xen takes
    // something, of which there is no use in telling where it lies.
    let isSaid =
      ownAddressCells[Int(parent.index)] >= 0 && ownSizeCells[Int(parent.index)] >= 0
    guard isSaid || tree.length(property) == 4 * (cells.address + cells.size) else { return nil }
    guard (1...2).contains(cells.address), (1...2).contains(cells.size),
      let address = tree.number(property, at: 0, cells: cells.address),
      let size = tree.number(property, at: cells.address, cells: cells.size)
    else { return nil }
    return RegPair(address: address, size: size)
  }

  /// Whether a file is known to lie there that begins as an XSM policy does.
  ///
  /// Source: `has_xsm_magic`, Xen `xen/xsm/xsm_policy.c`, since 4.7.
  private func isPolicy(at address: UInt64?) -> Bool {
    guard let address, xen >= XenVersion(major: 4, minor: 7) else { return false }
    return target.loaded.contains {
      $0.address.rawValue == address && $0.bytes.starts(with: [0x8C, 0xFF, 0x7C, 0xF9])
    }
  }

  /// Whether Xen starts guests and no dom0: there is a guest's kernel and no kernel for dom0.
  var isDom0less: Bool {
    modules.contains { $0.kind == .kernel && $0.domain != nil }
      && !modules.contains { $0.kind == .kernel && $0.domain == nil }
  }
}

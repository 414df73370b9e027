import BootImages
import DeviceTree
import Diagnostics
import Measures

/// A partial tree: the devices that a guest gets, which Xen copies into the guest's own tree.
///
/// ```
/// / { passthrough { ethernet@… { reg; interrupts;        the guest's view
///                                xen,reg; xen,path; }; }; };  what Xen is to map, and whose it is
/// ```
struct PassthroughTree {
  let tree: FlatTree
  /// The module that it is, and the guest that it is for; nil where it is the tree that is judged.
  let module: NodeID?
  let domain: NodeID?

  /// A node that Xen looks at, with the cells that its `xen,reg` is counted in.
  struct Device {
    let node: NodeID
    let addressCells: UInt32
    let sizeCells: UInt32
    let reg: PropertyID?
    let path: PropertyID?
    let isForced: Bool

    /// Whether Xen hands something over by this node.
    var isAssigned: Bool { reg != nil && (path != nil || isForced) }
  }

  /// The nodes of `/passthrough` that say something to Xen. Cells are those of the parent alone; 2
  /// and 1 where it does not say, and for `/passthrough` itself.
  ///
  /// Source: `scan_pfdt_node`, Xen `xen/common/device-tree/dom0less-build.c`.
  var devices: [Device] {
    guard let root = tree.child(.root, "passthrough") else { return [] }
    return tree.subtree(root).compactMap { node in
      let reg = tree.property(node, .xenReg)
      let path = tree.property(node, .xenPath)
      guard reg != nil || path != nil else { return nil }
      let parent = node == root ? nil : tree.parent(node)
      return Device(
        node: node,
        addressCells: parent.flatMap { tree.onlyCell($0, .addressCells) } ?? 2,
        sizeCells: parent.flatMap { tree.onlyCell($0, .sizeCells) } ?? 1,
        reg: reg, path: path, isForced: tree.has(node, .xenForceAssign))
    }
  }

  /// One entry of `xen,reg`.
  struct Mapping {
    let host: UInt64
    let size: UInt64
    let guest: UInt64
  }

  /// Empty where the cells are none that Xen takes.
  func mappings(_ device: Device) -> [Mapping] {
    guard let reg = device.reg, (1...2).contains(device.addressCells),
      (1...2).contains(device.sizeCells)
    else { return [] }
    let (address, size) = (Int(device.addressCells), Int(device.sizeCells))
    let stride = 2 * address + size
    return (0..<tree.cellCount(reg) / stride).compactMap { index in
      guard let host = tree.number(reg, at: index * stride, cells: address),
        let length = tree.number(reg, at: index * stride + address, cells: size),
        let guest = tree.number(reg, at: index * stride + address + size, cells: address)
      else { return nil }
      return Mapping(host: host, size: length, guest: guest)
    }
  }

  /// Says it of a node of the partial tree; where that is a file beside the tree that is judged, at
  /// its module there.
  func report(
    _ message: String, at node: NodeID, _ property: PropertyID?, severity: Severity? = nil,
    help: String? = nil, _ context: LintContext, _ findings: inout Findings
  ) {
    guard let module else {
      return findings.report(message, at: node, property, severity: severity, help: help)
    }
    let place = "in the passthrough tree, \(tree.path(node))"
    findings.report(
      place + ": " + message, at: module, context.tree.property(module, .reg),
      severity: severity, help: help)
  }
}

extension LintContext {
  func findIsPassthroughTree() -> Bool {
    tree.child(.root, "passthrough") != nil && modules.isEmpty && domains.isEmpty
  }

  /// The tree itself where it is one, else those of guests that were given as loaded files.
  func findPassthroughTrees() -> [PassthroughTree] {
    guard xen >= XenVersion(major: 4, minor: 13) else { return [] }
    if isPassthroughTree { return [PassthroughTree(tree: tree, module: nil, domain: nil)] }
    var files: [Address: [UInt8]] = [:]
    for file in target.loaded { files[file.address] = file.bytes }
    guard !files.isEmpty else { return [] }
    var found: [PassthroughTree] = []
    for module in modules where module.kind == .tree {
      guard let domain = module.domain, let start = module.range?.start, let bytes = files[start],
        let partial = FlatTree.scanning(bytes).tree
      else { continue }
      found.append(PassthroughTree(tree: partial, module: module.node, domain: domain))
      // Xen keeps no more modules than this, whatever a tree names.
      if found.count == 32 { break }
    }
    return found
  }
}

import BootImages
import DeviceTree
import Measures

/// The guests that Xen starts by itself, and what stands in their nodes.
extension LintContext {
  /// The children of `/chosen` that Xen makes a guest of, whatever their `status`; before 4.12 it
  /// makes none.
  ///
  /// Source: `create_domUs`, Xen `xen/common/device-tree/dom0less-build.c`.
  func findDomains() -> [NodeID] {
    guard let chosen, xen >= XenVersion(major: 4, minor: 12) else { return [] }
    return tree.children(chosen).filter { tree.isCompatible($0, "xen,domain") }
  }

  /// Where Xen looks for event channels and shared memory: the children of `/chosen`, which are
  /// dom0's, and theirs.
  func forEachPartOfDomains(_ look: (NodeID) -> Void) {
    guard let chosen else { return }
    for child in tree.children(chosen) {
      look(child)
      for grandchild in tree.children(child) { look(grandchild) }
    }
  }

  /// Whether one of the guests is made Xen's hardware domain, which stands for dom0.
  var hasHardwareGuest: Bool {
    domains.contains { tree.onlyCell($0, .capabilities).map { $0 & 2 != 0 } == true }
  }

  /// A share of memory that a guest's node tells of.
  struct SharedMemory {
    let node: NodeID
    let property: PropertyID
    /// Nil where Xen is to choose.
    let host: UInt64?
    let guest: UInt64
    let size: UInt64
  }

  /// Every node for a share of memory.
  func findSharedMemoryNodes() -> [NodeID] {
    guard xen >= XenVersion(major: 4, minor: 17) else { return [] }
    var found: [NodeID] = []
    forEachPartOfDomains { node in
      if tree.isCompatible(node, "xen,domain-shared-memory-v1") { found.append(node) }
    }
    return found
  }

  /// Nil where `xen,shared-mem` is absent or has neither of its two lengths: host address (which
  /// Xen before 4.19 insists on), guest address, size.
  ///
  /// Source: `process_shm_node`, Xen `xen/common/device-tree/static-shmem.c`.
  func sharedMemory(_ node: NodeID) -> SharedMemory? {
    guard let property = tree.property(node, .xenSharedMemory), let parent = tree.parent(node)
    else { return nil }
    let (address, size) = xenCells(parent)
    guard (1...2).contains(address), (1...2).contains(size) else { return nil }
    let short = (address + size) * 4
    let length = tree.length(property)
    let hasHost = length == short + address * 4
    guard hasHost || (length == short && xen >= XenVersion(major: 4, minor: 19)) else {
      return nil
    }
    let start = hasHost ? address : 0
    guard let guest = tree.number(property, at: start, cells: address),
      let bytes = tree.number(property, at: start + address, cells: size)
    else { return nil }
    return SharedMemory(
      node: node, property: property,
      host: hasHost ? tree.number(property, at: 0, cells: address) : nil, guest: guest,
      size: bytes)
  }
}

import BootImages
import DeviceTree
import Measures

extension XenDomain {
  /// The guest as a node:
  ///
  /// ```
  /// domU1 {
  ///     compatible = "xen,domain";  #address-cells = <2>;  #size-cells = <2>;
  ///     memory = <0 65536>;  cpus = <1>;  …
  ///     module@4a000000 { …;  bootargs = "…"; };
  ///     shared-memory-0 { … };
  /// };
  /// ```
  ///
  /// - Parameters:
  ///   - chosen: what `/chosen` counts in, and static memory with it.
  ///   - channels: its ends of event channels.
  ///   - pool: the phandle of its pool of processors.
  func node(
    for version: XenVersion, chosen: Cells, channels: [Node], pool: UInt32?
  ) throws(XenTreeError) -> Node {
    let cells = Cells.guest
    var node = Node(name: name)
    node.set(.string("compatible", "xen,domain"))
    node.set(.cells("#address-cells", [UInt32(cells.address)]))
    node.set(.cells("#size-cells", [UInt32(cells.size)]))
    node.set(.cells("memory", Cells.split(memory.rawValue >> 10)))
    node.set(.cells("cpus", [processors]))
    if !capabilities.isEmpty { node.set(.cells("capabilities", [capabilities.rawValue])) }
    if hasConsole { node.set(.empty("vpl011")) }
    if let interfaces { node.set(.string("xen,enhanced", interfaces.rawValue)) }
    if isDirectMapped { node.set(.empty("direct-map")) }
    if !staticMemory.isEmpty {
      // 4.16 asked the guest's own node, and since then Xen counts as /chosen does.
      let isOwn = version < XenVersion(major: 4, minor: 17)
      let counted = isOwn ? cells : chosen
      if isOwn {
        node.set(.cells("#xen,static-mem-address-cells", [UInt32(counted.address)]))
        node.set(.cells("#xen,static-mem-size-cells", [UInt32(counted.size)]))
      }
      for range in staticMemory where !counted.holds(range.start, range.size) {
        throw .domain(name, .beyondCells(range))
      }
      node.set(
        .cells(
          "xen,static-mem",
          staticMemory.flatMap { counted.cells($0.start) + counted.cells($0.size) }))
    }
    if let pool { node.set(.cells("domain-cpupool", [pool])) }

    for module in modules {
      var child = Node(name: module.name)
      child.set(.strings("compatible", XenDialect(version: version).compatible(module.kind)))
      child.set(.cells("reg", try cells.reg(module)))
      if module.kind == .kernel, !arguments.isEmpty { child.set(.string("bootargs", arguments)) }
      node.children.append(child)
    }
    node.children += sharedMemory.enumerated().map { share in
      share.element.node(name: "shared-memory-\(share.offset)", cells)
    }
    node.children += channels
    return node
  }
}

extension XenDomain.SharedMemory {
  /// The id is free text, so the node is named by its number.
  func node(name: String, _ cells: Cells) -> Node {
    var node = Node(name: name)
    node.set(.string("compatible", "xen,domain-shared-memory-v1"))
    if let role { node.set(.string("role", role.rawValue)) }
    node.set(.string("xen,shm-id", id))
    node.set(
      .cells("xen,shared-mem", cells.cells(host) + cells.cells(guest) + cells.cells(size)))
    return node
  }
}

public import DeviceTree

extension XenTree {
  /// The board's tree with all of this in its `/chosen`, in the dialect of the Xen version:
  ///
  /// ```
  /// chosen {
  ///     #address-cells = <1>;  #size-cells = <1>;
  ///     xen,xen-bootargs = "…";  xen,dom0-bootargs = "…";
  ///     module@44000000 {
  ///         compatible = "multiboot,kernel", "multiboot,module";
  ///         reg = <0x44000000 0x532200>;
  ///     };
  ///     domU1 { … };
  /// };
  /// ```
  ///
  /// What an earlier boot or build left there (modules, guests, RAM disk, command lines) is taken
  /// out, at any depth as Xen looks for it: an old module would boot in place of ours, and
  /// `linux,initrd-*` would win over the RAM disk module. For a Xen that does not know the GIC by its
  /// name of today, the older name is added.
  public func composed(on base: DeviceTree) throws(XenTreeError) -> DeviceTree {
    try check(base)
    let dialect = XenDialect(version: version)
    var chosen = cleaned(base.root.child("chosen") ?? Node(name: "chosen"))
    for name in domains.map(\.name) + pools.map(\.name) where chosen.child(name) != nil {
      throw .nameTaken(name)
    }
    for property in dialect.arguments(xen: xenArguments, dom0: hasDom0 ? dom0Arguments : nil) {
      chosen.set(property)
    }
    var tree = base
    if let name = dialect.gic { tree.root.nameGIC(name) }
    // What went out of /chosen gives its phandles back.
    tree.edit("/chosen") { $0 = chosen }
    var phandles = Phandles(in: tree.root)
    let pools = try poolNodes(&tree, &phandles)
    if let folder = dialect.folder {
      var modules = Node(name: folder)
      _ = try fill(&modules, dialect)
      chosen.children.append(modules)
    } else {
      let cells = try fill(&chosen, dialect)
      let channels = channelNodes(&phandles)
      chosen.children += pools.nodes + (channels[nil] ?? [])
      for domain in domains {
        chosen.children.append(
          try domain.node(
            for: version, chosen: cells, channels: channels[domain.name] ?? [],
            pool: domain.pool.flatMap { pools.phandles[$0] }))
      }
    }
    tree.edit("/chosen") { $0 = chosen }
    return tree
  }

  /// `/chosen` without what an earlier composition or boot put there.
  private func cleaned(_ node: Node) -> Node {
    var chosen = node
    let stale = ["bootargs", "xen,xen-bootargs", "xen,dom0-bootargs"]
    for name in stale + ["linux,initrd-start", "linux,initrd-end"] { chosen.removeProperty(name) }
    // A processor in an old pool and in ours would stop Xen.
    let kinds = Self.stale + (pools.isEmpty ? [] : ["xen,cpupool"])
    chosen.removeAllBelow { node in
      let names = node.property("compatible")?.strings ?? []
      return kinds.contains { names.contains($0) }
    }
    let names = ["modules"] + modules.map(\.name)
    chosen.children.removeAll { names.contains($0.name) }
    return chosen
  }

  /// What Xen would take for a module, for a guest of its own, or for what belongs to one.
  private static let stale = [
    "multiboot,module", "xen,multiboot-module", "xen,domain", "xen,evtchn-v1",
    "xen,domain-shared-memory-v1",
  ]

  /// Appends the module nodes to `parent`, whose cells are made explicit: Xen takes absent ones
  /// from the grandparents, Linux and dtc do not.
  private func fill(_ parent: inout Node, _ dialect: XenDialect) throws(XenTreeError) -> Cells {
    let cells = Cells(address: parent.addressCells ?? 1, size: parent.sizeCells ?? 1)
    guard (1...2).contains(cells.address), (1...2).contains(cells.size) else {
      throw .oddCells(address: cells.address, size: cells.size)
    }
    parent.set(.cells("#address-cells", [UInt32(cells.address)]))
    parent.set(.cells("#size-cells", [UInt32(cells.size)]))
    for module in modules {
      var node = Node(name: module.name)
      node.set(.strings("compatible", dialect.compatible(module.kind)))
      node.set(.cells("reg", try cells.reg(module)))
      parent.children.append(node)
    }
    return cells
  }

  /// The ends of all channels, by the domain that they belong to; nil stands for dom0.
  private func channelNodes(_ phandles: inout Phandles) -> [String?: [Node]] {
    var nodes: [String?: [Node]] = [:]
    for channel in eventChannels {
      let (one, other) = (phandles.next(), phandles.next())
      nodes[channel.one.domain, default: []].append(channel.one.node(phandle: one, other: other))
      nodes[channel.other.domain, default: []].append(
        channel.other.node(phandle: other, other: one))
    }
    return nodes
  }

  /// The pools' nodes; processors that have no phandle get one.
  private func poolNodes(
    _ tree: inout DeviceTree, _ phandles: inout Phandles
  ) throws(XenTreeError) -> (nodes: [Node], phandles: [String: UInt32]) {
    var nodes: [Node] = []
    var byName: [String: UInt32] = [:]
    for pool in pools {
      var members: [UInt32] = []
      for path in pool.processors {
        guard let processor = tree.node(at: path) else { throw .noProcessor(path, pool: pool.name) }
        let phandle = processor.phandle ?? phandles.next()
        if processor.phandle == nil {
          tree.edit(path) { $0.set(.cells("phandle", [phandle])) }
        }
        members.append(phandle)
      }
      let own = phandles.next()
      byName[pool.name] = own
      nodes.append(pool.node(phandle: own, processors: members))
    }
    return (nodes, byName)
  }
}

extension Node {
  /// Adds a name to the controllers that are a GIC-400 or like it and do not have it yet. It is the
  /// same block under an older name, which Linux knows too.
  fileprivate mutating func nameGIC(_ name: String) {
    if property("interrupt-controller") != nil, let names = property("compatible")?.strings,
      !names.contains(name), names.contains("arm,gic-400") || names.contains("arm,cortex-a7-gic")
    {
      set(.strings("compatible", names + [name]))
    }
    for index in children.indices { children[index].nameGIC(name) }
  }

  /// Takes out the nodes below this one that are meant, with all that is in them. As deep as the
  /// tree, which its reader bounds.
  fileprivate mutating func removeAllBelow(where isMeant: (Node) -> Bool) {
    children.removeAll(where: isMeant)
    for index in children.indices { children[index].removeAllBelow(where: isMeant) }
  }
}

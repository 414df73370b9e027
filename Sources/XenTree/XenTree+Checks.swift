import BootImages
import DeviceTree
import Measures

/// What would make Xen hang or panic, often without a word, is refused here.
extension XenTree {
  func check(_ base: DeviceTree) throws(XenTreeError) {
    guard version >= Self.firstVersion else { throw .versionTooOld(version) }
    try checkFeatures()
    try checkModules()
    for (owner, text) in [("Xen", xenArguments), ("dom0", dom0Arguments)] {
      let length = text.utf8.count
      guard length < Self.longestArguments else {
        throw .argumentsTooLong(owner: owner, length: length)
      }
    }
    try checkConsole(base)
    try checkPools(base)
    try checkDomains()
    try checkMemory(base)
    try checkChannels()
  }

  private func checkFeatures() throws(XenTreeError) {
    let needed: [(XenFeature, Bool)] = [
      (.policy, modules.contains { $0.kind == .policy }),
      (.guests, !domains.isEmpty),
      (.deviceAssignment, domains.contains { $0.modules.contains { $0.kind == .tree } }),
      (.staticMemory, domains.contains { !$0.staticMemory.isEmpty }),
      (.directMap, domains.contains(where: \.isDirectMapped)),
      (.sharedMemory, domains.contains { !$0.sharedMemory.isEmpty }),
      (.eventChannels, !eventChannels.isEmpty),
      (.interfaces, domains.contains { $0.interfaces != nil }),
      (.processorPools, !pools.isEmpty),
      (.legacyInterfaces, domains.contains { $0.interfaces == .legacy }),
      (.capabilities, domains.contains { !$0.capabilities.isEmpty }),
    ]
    for (feature, isNeeded) in needed where isNeeded && version < feature.since {
      throw .tooOldFor(feature, version)
    }
  }

  private func checkModules() throws(XenTreeError) {
    // Without guests there is nothing else to boot; with them, the rest of a dom0 is a dom0 meant.
    let isDom0Meant =
      domains.isEmpty || !dom0Arguments.isEmpty
      || modules.contains { $0.kind == .ramdisk }
    guard hasDom0 || !isDom0Meant else { throw .noKernel }
    try Self.check(modules, of: "dom0", [.kernel, .ramdisk, .policy])
    for domain in domains {
      try Self.check(domain.modules, of: domain.name, [.kernel, .ramdisk, .tree])
    }
    let count = domains.reduce(modules.count) { $0 + $1.modules.count }
    guard count <= mostModules else { throw .tooManyModules(count, limit: mostModules) }
  }

  /// One of each kind at most, each at an address of its own, which is its node's name.
  private static func check(
    _ modules: [XenModule], of owner: String, _ kinds: [XenModule.Kind]
  ) throws(XenTreeError) {
    var seen: Set<XenModule.Kind> = []
    var addresses: Set<Address> = []
    for module in modules {
      guard kinds.contains(module.kind) else { throw .misplacedModule(module.kind, owner: owner) }
      guard seen.insert(module.kind).inserted else { throw .twoModules(module.kind, owner: owner) }
      guard addresses.insert(module.address).inserted else {
        throw .sameAddress(module.address, owner: owner)
      }
    }
  }

  private func checkConsole(_ base: DeviceTree) throws(XenTreeError) {
    var path = console
    if !console.hasPrefix("/") {
      let alias = base.root.child("aliases")?.property(console)?.string
      guard let alias else { throw .consoleMissing(console, path: nil) }
      path = alias
    }
    guard Self.finds(path, in: base) else { throw .consoleMissing(console, path: path) }
  }

  /// Whether Xen finds a node of that path: it compares whole names, so that `/soc/serial` is not
  /// `/soc/serial@1c28000` (`dt_find_node_by_path`, `xen/common/device_tree.c`).
  private static func finds(_ path: String, in tree: DeviceTree) -> Bool {
    guard path.hasPrefix("/") else { return false }
    var node: Node? = tree.root
    for part in path.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
      node = node?.child(String(part))
    }
    return node != nil
  }

  private func checkPools(_ base: DeviceTree) throws(XenTreeError) {
    var names: Set<String> = []
    var processors: Set<String> = []
    for pool in pools {
      if let fault = NodeName.fault(pool.name) { throw .poolName(pool.name, fault) }
      guard names.insert(pool.name.lowercased()).inserted else { throw .nameTaken(pool.name) }
      guard !pool.processors.isEmpty else { throw .emptyPool(pool.name) }
      for path in pool.processors {
        guard Self.finds(path, in: base) else { throw .noProcessor(path, pool: pool.name) }
        guard processors.insert(path).inserted else {
          throw .processorTwice(path, pool: pool.name)
        }
      }
    }
  }

  private func checkChannels() throws(XenTreeError) {
    let names = Set(domains.map(\.name))
    var taken: Set<EventChannel.End> = []
    for end in eventChannels.flatMap(\.ends) {
      guard end.domain.map(names.contains) ?? hasDom0 else { throw .unknownDomain(end.owner) }
      guard EventChannel.ports.contains(end.port) else {
        throw .badPort(end.port, domain: end.owner)
      }
      guard taken.insert(end).inserted else { throw .portTaken(end.port, domain: end.owner) }
    }
  }
}

public import BootImages
public import DeviceTree
import Measures

/// What Xen is told by the tree: the modules that lie in memory and the two command lines.
public struct XenTree: Sendable, Hashable {
  public var version: XenVersion
  /// Xen's own command line.
  public var xenArguments: String
  public var dom0Arguments: String
  /// Xen's console: an alias such as `serial0`, or a path.
  public var console: String
  public var modules: [XenModule]

  public init(
    version: XenVersion, xenArguments: String, dom0Arguments: String, console: String,
    modules: [XenModule]
  ) {
    self.version = version
    self.xenArguments = xenArguments
    self.dom0Arguments = dom0Arguments
    self.console = console
    self.modules = modules
  }

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
  /// };
  /// ```
  ///
  /// What an earlier boot or build left there (modules, guests, RAM disk, command lines) is taken
  /// out, at any depth as Xen looks for it: an old module would boot in place of ours, and
  /// `linux,initrd-*` would win over the RAM disk module.
  public func composed(on base: DeviceTree) throws(XenTreeError) -> DeviceTree {
    try check(base)
    let dialect = XenDialect(version: version)
    var chosen = base.root.child("chosen") ?? Node(name: "chosen")
    let stale = ["bootargs", "xen,xen-bootargs", "xen,dom0-bootargs"]
    for name in stale + ["linux,initrd-start", "linux,initrd-end"] { chosen.removeProperty(name) }
    chosen.removeAllBelow(where: Self.isStale)
    let names = ["modules"] + modules.map(Self.name)
    chosen.children.removeAll { names.contains($0.name) }
    for property in dialect.arguments(xen: xenArguments, dom0: dom0Arguments) {
      chosen.set(property)
    }
    if let folder = dialect.folder {
      var modules = Node(name: folder)
      try fill(&modules, dialect)
      chosen.children.append(modules)
    } else {
      try fill(&chosen, dialect)
    }
    var tree = base
    tree.edit("/chosen") { $0 = chosen }
    return tree
  }

  /// Appends the module nodes to `parent`, whose cells are made explicit: Xen takes absent ones
  /// from the grandparents, Linux and dtc do not.
  private func fill(_ parent: inout Node, _ dialect: XenDialect) throws(XenTreeError) {
    let cells = Cells(address: parent.addressCells ?? 1, size: parent.sizeCells ?? 1)
    guard (1...2).contains(cells.address), (1...2).contains(cells.size) else {
      throw .oddCells(address: cells.address, size: cells.size)
    }
    parent.set(.cells("#address-cells", [UInt32(cells.address)]))
    parent.set(.cells("#size-cells", [UInt32(cells.size)]))
    for module in modules {
      var node = Node(name: Self.name(module))
      node.set(.strings("compatible", dialect.compatible(module.kind)))
      node.set(.cells("reg", try cells.reg(module)))
      parent.children.append(node)
    }
  }

  private static func name(_ module: XenModule) -> String { "module@\(module.address.digits)" }

  /// Whether Xen would take the node for a module or for a guest of its own.
  private static func isStale(_ node: Node) -> Bool {
    let names = node.property("compatible")?.strings ?? []
    return ["multiboot,module", "xen,multiboot-module", "xen,domain"].contains {
      names.contains($0)
    }
  }

  /// What would make Xen hang without a word is refused here.
  private func check(_ base: DeviceTree) throws(XenTreeError) {
    guard version >= Self.firstVersion else { throw .versionTooOld(version) }
    guard modules.contains(where: { $0.kind == .kernel }) else { throw .noKernel }
    for (owner, text) in [("Xen", xenArguments), ("dom0", dom0Arguments)] {
      let length = text.utf8.count
      guard length < Self.longestArguments else {
        throw .argumentsTooLong(owner: owner, length: length)
      }
    }
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

  /// The first release that boots by such a tree on 32-bit ARM.
  static let firstVersion = XenVersion(major: 4, minor: 3)

  /// Bytes that Xen keeps of a command line, its NUL among them (`BOOTMOD_MAX_CMDLINE`,
  /// `xen/include/asm-arm/setup.h`); a longer one stops Xen before its console is up.
  static let longestArguments = 1024
}

extension Node {
  /// Takes out the nodes below this one that are meant, with all that is in them. As deep as the
  /// tree, which its reader bounds.
  fileprivate mutating func removeAllBelow(where isMeant: (Node) -> Bool) {
    children.removeAll(where: isMeant)
    for index in children.indices { children[index].removeAllBelow(where: isMeant) }
  }
}

/// How many 32-bit cells an address and a size take.
private struct Cells {
  let address: Int
  let size: Int

  func reg(_ module: XenModule) throws(XenTreeError) -> [UInt32] {
    let (start, length) = (module.address.rawValue, module.size.rawValue)
    guard address == 2 || start <= UInt32.max, size == 2 || length <= UInt32.max else {
      throw .beyondCells(module)
    }
    return Self.split(start, into: address) + Self.split(length, into: size)
  }

  /// The value's cells, the high one first.
  private static func split(_ value: UInt64, into count: Int) -> [UInt32] {
    let low = UInt32(truncatingIfNeeded: value)
    return count == 1 ? [low] : [UInt32(truncatingIfNeeded: value >> 32), low]
  }
}

import BootImages
import DeviceTree
import Measures

/// One tree, what it is judged for, and what many rules want to know of it, worked out once.
///
/// A node's cells are what its children count in. The specification (and dtc, and Linux) has 2 and 1
/// where a node does not say; Xen takes its parent's. Rules choose by name.
final class LintContext {
  let tree: FlatTree
  let target: LintTarget
  /// The version of Xen that the tree is judged for.
  let xen: XenVersion
  /// Whether Xen is to boot with it: somebody said so, or the tree does.
  let isForXen: Bool
  /// An overlay (`.dtbo`): fragments of a tree, which no boot rule can judge.
  let isOverlay: Bool

  /// Whether each node and all nodes around it are enabled.
  let enabled: [Bool]
  /// `#address-cells` of each node; -1 where it has none or it is no cell.
  let ownAddressCells: [Int32]
  let ownSizeCells: [Int32]
  /// Pairs of phandle and node, sorted.
  let phandles: [(phandle: UInt32, node: NodeID)]

  /// The tree's GICs, in file order.
  let gics: [GIC]
  let chosen: NodeID?
  let aliases: NodeID?
  let cpus: NodeID?
  let reservedMemory: NodeID?

  /// The files that Xen is told of, in the order in which it meets them.
  private(set) lazy var modules = findModules()
  /// The guests that Xen starts by itself.
  private(set) lazy var domains = findDomains()
  /// What Xen and dom0 get as their command lines.
  private(set) lazy var commandLines = findCommandLines()
  /// The nodes that Xen counts as RAM.
  private(set) lazy var memoryNodes = findMemoryNodes()
  /// The RAM, as Xen takes it from the tree.
  private(set) lazy var memory = findMemory()
  /// The nodes that are meant as modules, whether Xen sees them or not.
  private(set) lazy var moduleNodes = findModuleNodes()
  /// RAM that Xen keeps from its allocator, by nodes.
  private(set) lazy var reserved = findReserved()
  /// Xen's own image among the loaded files.
  private(set) lazy var xenInMemory = findXenInMemory()
  /// Whether a 64-bit Xen boots here.
  private(set) lazy var isARM64 = findARM64()
  /// The kernels among the modules whose files are known.
  private(set) lazy var kernels = findKernels()
  /// What Xen has of RAM, and what is left of it for dom0.
  private(set) lazy var bootMemory = findBootMemory()
  /// What `dom0_mem` says.
  private(set) lazy var dom0Memory = findDom0Memory()

  init(_ tree: FlatTree, for target: LintTarget) {
    self.tree = tree
    self.target = target
    xen = target.xen ?? LintTarget.newest
    isForXen = target.xen != nil || Self.mentionsXen(tree)
    isOverlay = Self.isOverlay(tree)

    var enabled = [Bool](repeating: true, count: tree.nodeCount)
    var addressCells = [Int32](repeating: -1, count: tree.nodeCount)
    var sizeCells = addressCells
    var phandles: [(phandle: UInt32, node: NodeID)] = []
    var controllers: [NodeID] = []
    for node in tree.allNodes {
      let index = Int(node.index)
      if let parent = tree.parent(node), !enabled[Int(parent.index)] { enabled[index] = false }
      for property in tree.properties(node) {
        switch tree.known(property) {
        case .status:
          if !tree.lists(property, "okay"), !tree.lists(property, "ok") { enabled[index] = false }
        case .addressCells: addressCells[index] = Self.cells(tree, property)
        case .sizeCells: sizeCells[index] = Self.cells(tree, property)
        case .phandle:
          if let phandle = tree.onlyCell(property) { phandles.append((phandle, node)) }
        case .linuxPhandle where !tree.has(node, .phandle):
          if let phandle = tree.onlyCell(property) { phandles.append((phandle, node)) }
        case .interruptController: controllers.append(node)
        default: break
        }
      }
    }
    phandles.sort { ($0.phandle, $0.node) < ($1.phandle, $1.node) }
    self.enabled = enabled
    ownAddressCells = addressCells
    ownSizeCells = sizeCells
    self.phandles = phandles
    gics = Self.gics(tree, among: controllers)

    chosen = tree.child(.root, "chosen")
    aliases = tree.child(.root, "aliases")
    cpus = tree.child(.root, "cpus")
    reservedMemory = tree.child(.root, "reserved-memory")
  }

  func isEnabled(_ node: NodeID) -> Bool { enabled[Int(node.index)] }

  /// The first node with that phandle.
  func node(withPhandle phandle: UInt32) -> NodeID? {
    var (low, high) = (0, phandles.count)
    while low < high {
      let middle = (low + high) / 2
      if phandles[middle].phandle < phandle { low = middle + 1 } else { high = middle }
    }
    guard low < phandles.count, phandles[low].phandle == phandle else { return nil }
    return phandles[low].node
  }

  /// -1 for what is no single cell below 2^31.
  private static func cells(_ tree: FlatTree, _ property: PropertyID) -> Int32 {
    tree.onlyCell(property).flatMap { Int32(exactly: $0) } ?? -1
  }

  private static func mentionsXen(_ tree: FlatTree) -> Bool {
    for name in tree.names where tree.bytes[name.range].starts(with: Array("xen,".utf8)) {
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

  /// Source: Linux `Documentation/devicetree/overlay-notes.rst`; dtc's `/plugin/`.
  private static func isOverlay(_ tree: FlatTree) -> Bool {
    tree.children(.root).contains { tree.child($0, "__overlay__") != nil }
  }
}

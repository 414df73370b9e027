import Boards
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
  /// What is wrong with the blob's form.
  let faults: [DeviceTreeError]
  /// The version of Xen that the tree is judged for.
  let xen: XenVersion
  /// Whether Xen is to boot with it: somebody said so, or the tree does.
  let isForXen: Bool
  /// An overlay (`.dtbo`): fragments of a tree, which no boot rule can judge.
  let isOverlay: Bool

  /// Whether each node and all nodes around it are enabled.
  let enabled: [Bool]
  /// `#address-cells` of each node, with its sign; -1 where it has none or it is no cell. Nobody means
  /// a negative number, and all of them are to be taken for none.
  let ownAddressCells: [Int32]
  let ownSizeCells: [Int32]
  /// Pairs of phandle and node, sorted. Numbers that are none, 0 and 0xffffffff, are left out.
  let phandles: [(phandle: UInt32, node: NodeID)]

  /// The tree's GICs, in file order.
  let gics: [GIC]
  /// The nodes with `interrupts` or `interrupts-extended`, in file order.
  let interruptNodes: [NodeID]
  let chosen: NodeID?
  let aliases: NodeID?
  let cpus: NodeID?
  let reservedMemory: NodeID?
  let hypervisor: NodeID?

  /// The files that Xen is told of, in the order in which it meets them.
  private(set) lazy var modules = findModules()
  /// The guests that Xen starts by itself.
  private(set) lazy var domains = findDomains()
  /// The partial trees of devices that guests get.
  private(set) lazy var passthroughTrees = findPassthroughTrees()
  /// What Xen and dom0 get as their command lines.
  private(set) lazy var commandLines = findCommandLines()
  /// Which UART Xen talks through.
  private(set) lazy var console = findConsole()
  /// Whether Xen is started as an EFI program.
  private(set) lazy var isForUEFI = findUEFI()
  /// dom0's grant table, where Xen is older than 4.6 and it is known.
  private(set) lazy var grantTable = findGrantTable()
  /// The 32-bit Xen among the files that will lie in memory.
  private(set) lazy var loadedXen = findLoadedXen()
  /// Whether the tree has something in it for Xen to read. Where it has nothing, a boot script has
  /// yet to add it, and what is missing is no mistake of the tree's.
  private(set) lazy var mentionsXen = Self.mentionsXen(tree)
  /// Every interrupt that goes to a GIC, in file order, those of disabled nodes among them.
  private(set) lazy var allGICInterrupts = findAllGICInterrupts()
  /// The chip, where both the target and the tree say that it is this one.
  private(set) lazy var soc = findSoC()
  /// Whether the chip's blocks of registers are known.
  private(set) lazy var knowsBlocks = soc?.blocks.isEmpty == false
  /// The generic timer's node; the first, as Xen takes it, disabled or not.
  private(set) lazy var timer = findTimer()
  /// The UART that Xen talks on.
  private(set) lazy var xenConsole = findXenConsole()
  /// Entries of `compatible` that Xen keeps from dom0 on this machine only.
  private(set) lazy var hiddenByPlatform = findHiddenByPlatform()
  /// Nodes with an interrupt that Xen takes for a PPI.
  private(set) lazy var nodesWithPPIs = findNodesWithPPIs()
  /// What was found out about which nodes Xen keeps from dom0.
  var keptFromDom0: [NodeID: Bool] = [:]
  /// The nodes that dtc takes for I2C buses, and for SPI buses.
  private(set) lazy var i2cBuses = findI2CBuses()
  private(set) lazy var spiBuses = findSPIBuses()
  private(set) lazy var hasReadableCompatibles = findWhetherCompatiblesAreReadable()
  /// Which way interrupts go.
  private(set) lazy var interruptRoutes = InterruptRoutes(tree)
  /// Whether dtc takes the blob for an overlay.
  private(set) lazy var isPlugin = findIsPlugin()
  /// The nodes that hold endpoints of connections between devices.
  private(set) lazy var graphPorts = findGraphPorts()
  /// Siblings with one unit address.
  private(set) lazy var sharedUnitAddresses = findSharedUnitAddresses()
  /// Lists of phandles with arguments that cannot be followed to their end.
  private(set) lazy var phandleFaults = findPhandleFaults()
  /// How many more entries of `ranges` are looked at: each address may have to pass all of them, and
  /// real trees need some ten thousand.
  var rangesLeft = 1 << 22
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

  init(_ tree: FlatTree, for target: LintTarget, faults: [DeviceTreeError] = []) {
    self.tree = tree
    self.faults = faults
    self.target = target
    xen = target.xen ?? LintTarget.newest
    isForXen = target.xen != nil || Self.mentionsXen(tree)
    isOverlay = Self.isOverlay(tree)

    var enabled = [Bool](repeating: true, count: tree.nodeCount)
    var addressCells = [Int32](repeating: -1, count: tree.nodeCount)
    var sizeCells = addressCells
    var phandles: [(phandle: UInt32, node: NodeID)] = []
    var controllers: [NodeID] = []
    var interruptNodes: [NodeID] = []
    for node in tree.allNodes {
      let index = Int(node.index)
      if let parent = tree.parent(node), !enabled[Int(parent.index)] { enabled[index] = false }
      var (phandle, olderPhandle): (UInt32?, UInt32?)
      for property in tree.properties(node) {
        switch tree.known(property) {
        case .status:
          if !tree.lists(property, "okay"), !tree.lists(property, "ok") { enabled[index] = false }
        case .addressCells: addressCells[index] = Self.cells(tree, property)
        case .sizeCells: sizeCells[index] = Self.cells(tree, property)
        case .phandle: phandle = phandle ?? Self.phandle(tree, property)
        case .linuxPhandle: olderPhandle = olderPhandle ?? Self.phandle(tree, property)
        case .interruptController: controllers.append(node)
        case .interrupts, .interruptsExtended:
          if interruptNodes.last != node { interruptNodes.append(node) }
        default: break
        }
      }
      if let phandle = phandle ?? olderPhandle { phandles.append((phandle, node)) }
    }
    phandles.sort { ($0.phandle, $0.node) < ($1.phandle, $1.node) }
    self.enabled = enabled
    ownAddressCells = addressCells
    ownSizeCells = sizeCells
    self.phandles = phandles
    self.interruptNodes = interruptNodes
    gics = Self.gics(tree, among: controllers)

    chosen = tree.child(.root, "chosen")
    aliases = tree.child(.root, "aliases")
    cpus = tree.child(.root, "cpus")
    reservedMemory = tree.child(.root, "reserved-memory")
    hypervisor = tree.child(.root, "hypervisor")
  }

  /// Whether `/hypervisor` is one that Xen makes for its guests. Other hypervisors have such a node
  /// too; without a `compatible`, only Xen's binding has both `reg` and `interrupts` there.
  func isXenHypervisor(_ node: NodeID) -> Bool {
    guard let compatible = tree.property(node, .compatible) else {
      return tree.has(node, .reg) && tree.has(node, .interrupts)
    }
    return tree.value(compatible).split(separator: 0).contains { $0.starts(with: "xen,".utf8) }
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

  /// Nil for what is no single cell, and for the numbers that mean none.
  static func phandle(_ tree: FlatTree, _ property: PropertyID) -> UInt32? {
    guard let phandle = tree.onlyCell(property), phandle != 0, phandle != .max else { return nil }
    return phandle
  }

  /// -1 for what is no single cell.
  private static func cells(_ tree: FlatTree, _ property: PropertyID) -> Int32 {
    tree.onlyCell(property).map { Int32(bitPattern: $0) } ?? -1
  }

  private static func mentionsXen(_ tree: FlatTree) -> Bool {
    let prefix = Array("xen,".utf8)
    func isOfXen(_ name: Range<Int>) -> Bool { tree.bytes[name].starts(with: prefix) }
    if let hypervisor = tree.child(.root, "hypervisor"), tree.isCompatible(hypervisor, "xen,xen") {
      // Xen made this tree for a guest, and what it wrote there is not for itself to read.
      let chosen = tree.child(.root, "chosen")
      if let chosen,
        tree.properties(chosen).contains(where: { isOfXen(tree.propertyNameRange($0)) })
      {
        return true
      }
    } else if tree.names.contains(where: { isOfXen($0.range) }) {
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

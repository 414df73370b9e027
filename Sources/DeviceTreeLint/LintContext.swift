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
  /// The nodes of a generic timer, in file order.
  let timers: [NodeID]
  /// Whether the tree has something in it for Xen to read. Where it has nothing, a boot script has
  /// yet to add it, and what is missing is no mistake of the tree's.
  let mentionsXen: Bool

  // MARK: Xen and its command line

  /// Whether Xen is started as an EFI program.
  private(set) lazy var isForUEFI = findUEFI()
  /// Whether a 64-bit Xen boots here.
  private(set) lazy var isARM64 = findARM64()
  /// What Xen and dom0 get as their command lines.
  private(set) lazy var commandLines = findCommandLines()
  /// Which UART Xen talks through.
  private(set) lazy var console = findConsole()
  /// The UART that Xen keeps for itself.
  private(set) lazy var consoleNode = findConsoleNode()

  // MARK: Modules and guests

  /// The files that Xen is told of, in the order in which it meets them.
  private(set) lazy var modules = findModules()
  /// The nodes that are meant as modules, whether Xen sees them or not.
  private(set) lazy var moduleNodes = findModuleNodes()
  /// The kernels among the modules whose files are known.
  private(set) lazy var kernels = findKernels()
  /// Xen's own image among the loaded files.
  private(set) lazy var xenInMemory = findXenInMemory()
  /// The guests that Xen starts by itself.
  private(set) lazy var domains = findDomains()
  /// The partial trees of devices that guests get.
  private(set) lazy var passthroughTrees = findPassthroughTrees()
  /// Whether the tree is itself a partial one, which Xen never boots with.
  private(set) lazy var isPassthroughTree = findIsPassthroughTree()

  // MARK: Memory

  /// The nodes that Xen counts as RAM.
  private(set) lazy var memoryNodes = findMemoryNodes()
  /// The RAM, as Xen takes it from the tree.
  private(set) lazy var memory = findMemory()
  /// RAM that Xen keeps from its allocator, by nodes.
  private(set) lazy var reserved = findReserved()
  /// What Xen has of RAM, and what is left of it for dom0.
  private(set) lazy var bootMemory = findBootMemory()
  /// What `dom0_mem` says.
  private(set) lazy var dom0Memory = findDom0Memory()
  /// dom0's grant table, where Xen is older than 4.6 and it is known.
  private(set) lazy var grantTable = findGrantTable()

  // MARK: The chip and what dom0 gets of it

  /// The chip, where both the target and the tree say that it is this one.
  private(set) lazy var soc = findSoC()
  /// Of the chip, what is asked for at each node or interrupt: to get at the whole of it is to copy it.
  private(set) lazy var knowsChip = soc != nil
  private(set) lazy var chipUART = soc?.uart
  private(set) lazy var chipGICLines = soc?.gic.lines
  /// Whether the chip's blocks of registers are known.
  private(set) lazy var knowsBlocks = soc?.blocks.isEmpty == false
  /// Entries of `compatible` that Xen keeps from dom0 on this machine only.
  private(set) lazy var hiddenByPlatform = findHiddenByPlatform()
  /// What was found out about which nodes Xen keeps from dom0.
  var keptFromDom0: [NodeID: Bool] = [:]

  // MARK: Interrupts

  /// The generic timer's node; the first, as Xen takes it, disabled or not.
  private(set) lazy var timer = findTimer()
  /// Every interrupt that goes to a GIC, in file order, those of disabled nodes among them.
  private(set) lazy var allGICInterrupts = findAllGICInterrupts()
  /// Who sends interrupts to which GIC.
  private(set) lazy var senders = findSenders()
  /// What Xen takes out of the `interrupt-map` of PCI buses.
  private(set) lazy var mappedInterrupts = findMappedInterrupts()
  /// Nodes with an interrupt that Xen takes for a PPI.
  private(set) lazy var nodesWithPPIs = findNodesWithPPIs()
  /// Which way interrupts go.
  private(set) lazy var interruptRoutes = InterruptRoutes(tree)

  // MARK: Addresses and phandles

  /// How many more entries of `ranges` are looked at: each address may have to pass all of them, and
  /// real trees need some ten thousand.
  var rangesLeft = 1 << 22
  private(set) lazy var busWindows = BusWindows(self)
  /// Siblings with one unit address.
  private(set) lazy var sharedUnitAddresses = findSharedUnitAddresses()
  /// What each property lists, by the number of its name; nil for what is no list of phandles.
  private(set) lazy var phandleLists = tree.names.map { PhandleList.named($0, in: tree) }
  /// The faults of all such lists.
  private(set) lazy var listFaults = findListFaults()
  /// Lists of phandles with arguments that cannot be followed to their end, of enabled nodes.
  private(set) lazy var phandleFaults = findPhandleFaults()

  // MARK: As dtc sees the tree

  /// Whether dtc takes the blob for an overlay.
  private(set) lazy var isPlugin = findIsPlugin()
  /// The nodes that dtc takes for I2C buses, and for SPI buses.
  private(set) lazy var i2cBuses = findI2CBuses()
  private(set) lazy var spiBuses = findSPIBuses()
  /// The nodes that hold endpoints of connections between devices.
  private(set) lazy var graphPorts = findGraphPorts()
  private(set) lazy var hasReadableCompatibles = findWhetherCompatiblesAreReadable()

  // MARK: Reading

  init(_ tree: FlatTree, for target: LintTarget, faults: [DeviceTreeError] = []) {
    self.tree = tree
    self.faults = faults
    self.target = target
    xen = target.xen ?? LintTarget.newest
    isOverlay = tree.isOverlay

    var enabled = [Bool](repeating: true, count: tree.nodeCount)
    var addressCells = [Int32](repeating: -1, count: tree.nodeCount)
    var sizeCells = addressCells
    var phandles: [(phandle: UInt32, node: NodeID)] = []
    var controllers: [NodeID] = []
    var interruptNodes: [NodeID] = []
    var timers: [NodeID] = []
    var hasModules = false
    for node in tree.allNodes {
      let index = Int(node.index)
      if let parent = tree.parent(node), !enabled[Int(parent.index)] { enabled[index] = false }
      var (phandle, olderPhandle): (UInt32?, UInt32?)
      var hasCompatible = false
      for property in tree.properties(node) {
        switch tree.known(property) {
        case .compatible where !hasCompatible:
          hasCompatible = true
          switch Self.kind(tree, property) {
          case .timer: timers.append(node)
          case .module: hasModules = true
          case nil: break
          }
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
    self.timers = timers
    gics = Self.gics(tree, among: controllers)
    mentionsXen = hasModules || Self.hasProperties(forXen: tree)
    isForXen = target.xen != nil || mentionsXen

    chosen = tree.child(.root, "chosen")
    aliases = tree.child(.root, "aliases")
    cpus = tree.child(.root, "cpus")
    reservedMemory = tree.child(.root, "reserved-memory")
    hypervisor = tree.child(.root, "hypervisor")
  }

  func isEnabled(_ node: NodeID) -> Bool { enabled[Int(node.index)] }

  /// -1 for what is no single cell.
  private static func cells(_ tree: FlatTree, _ property: PropertyID) -> Int32 {
    tree.onlyCell(property).map { Int32(bitPattern: $0) } ?? -1
  }
}

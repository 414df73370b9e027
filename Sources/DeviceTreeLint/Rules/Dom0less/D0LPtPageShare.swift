import DeviceTree
import Diagnostics
import Measures

/// A guest that gets more than its device.
enum D0LPtPageShare: TreeRule {
  static let card = RuleCard(
    id: "d0l-pt-page-share", family: .dom0less, severity: .warning,
    summary: "a page that is handed to a guest holds another device too",
    why: """
      Xen maps whole pages of 4 KiB, so that the guest reaches every register in them: with the UARTs
      of some SoCs, which stand 1 KiB apart, it can write to Xen's own console.
      """,
    context: .xen,
    source: "Xen xen/common/device-tree/dom0less-build.c, handle_passthrough_prop",
    bad: [
      RuleExample(
        PassthroughExample.host(neighbour: "okay", reg: "«reg»"),
        for: .init(xen: "4.17", files: [PassthroughExample.file()]))
    ],
    good: [
      RuleExample(
        PassthroughExample.host(neighbour: "disabled"),
        for: .init(xen: "4.17", files: [PassthroughExample.file()]))
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard context.passthroughTrees.contains(where: { $0.module != nil }) else { return }
    let blocks = RegisterBlocks(context)
    for partial in context.passthroughTrees where partial.module != nil {
      let devices = partial.devices.filter(\.isAssigned)
      // What the guest gets by name is no surprise, and neither are the buses around it.
      let given = Set(
        devices.compactMap { device in
          device.path.flatMap { partial.tree.string($0) }.flatMap { context.node(atPath: $0) }
        })
      for device in devices {
        for mapping in partial.mappings(device) {
          guard
            let pages = AddressRange(
              start: Address(mapping.host), size: ByteCount(mapping.size)),
            let other = blocks.first(in: pages, besides: given)
          else { continue }
          partial.report(
            "the guest reaches \(context.tree.path(other.node)) (\(other.range)) by the same pages",
            at: device.node, device.reg, help: "hand both to the guest, or neither", context,
            &findings)
          break
        }
      }
    }
  }
}

/// Where the enabled devices of a tree have their registers, in order.
private struct RegisterBlocks {
  struct Block {
    let range: AddressRange
    let node: NodeID
  }

  private let blocks: [Block]
  /// The greatest end among the blocks up to each one.
  private let ends: [Address]
  private let tree: FlatTree

  init(_ context: LintContext) {
    tree = context.tree
    blocks = context.tree.allNodes.filter(context.isEnabled).flatMap { node in
      context.tree.has(node, .reg) && !context.isMemory(node)
        ? context.translatedReg(node).filter { !$0.isEmpty }.map { Block(range: $0, node: node) }
        : []
    }.sorted { $0.range.start < $1.range.start }
    var ends: [Address] = []
    for block in blocks { ends.append(Swift.max(block.range.end, ends.last ?? block.range.end)) }
    self.ends = ends
  }

  /// How many blocks are looked at for one range: only those of a tree made to be slow nest deeper.
  private static let patience = 256

  func first(in pages: AddressRange, besides given: Set<NodeID>) -> Block? {
    var (low, high) = (0, blocks.count)
    while low < high {
      let middle = (low + high) / 2
      if blocks[middle].range.start < pages.end { low = middle + 1 } else { high = middle }
    }
    var index = low - 1
    var left = Self.patience
    while index >= 0, left > 0, ends[index] > pages.start {
      let block = blocks[index]
      if block.range.overlaps(pages), !isGiven(block.node, given) { return block }
      index -= 1
      left -= 1
    }
    return nil
  }

  /// Whether the node is one of those, or around or inside one.
  private func isGiven(_ node: NodeID, _ given: Set<NodeID>) -> Bool {
    var next: NodeID? = node
    while let step = next {
      if given.contains(step) { return true }
      next = tree.parent(step)
    }
    return tree.hasChildren(node) && given.contains { tree.isInside($0, node) }
  }
}

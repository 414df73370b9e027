import DeviceTree
import Diagnostics
import FuzzDriver
import Measures
import TreeEditing
import TreeMutation

/// The overlay path: an input holds a base tree and behind it an overlay.
@main struct FuzzOverlay {
  static func main() { runFuzzer(fuzzOverlay) }

  static func test(_ bytes: [UInt8]) {
    let parts = InputParts(bytes)
    let padding = parts.first.count.isMultiple(of: 3) ? 0 : EditableTree.uBootPadding
    guard
      var tree = attempt({ () throws(TreeEditError) in
        try EditableTree(parts.first, padding: padding)
      })
    else { return }
    attempt { () throws(TreeEditError) in try tree.apply(overlay: parts.second) }
    let merged = tree.bytes
    require(tree.usedSize <= tree.totalSize, "more is used than there is")
    requireReadable(merged)
    edit(&tree, FlatTree.scanning(merged).tree)
    requireReadable(tree.bytes)
    attempt { () throws(TreeEditError) in try tree.pack() }
    requireReadable(tree.bytes)
  }

  /// Depth and number of nodes are bounded per input, and two add up to more.
  static func requireReadable(_ bytes: [UInt8]) {
    let scan = FlatTree.scanning(bytes)
    if scan.tree == nil {
      let isLarge = scan.faults.contains {
        switch $0 {
        case .tooDeep, .tooManyNodes, .tooManyProperties, .tooLarge: true
        default: false
        }
      }
      require(isLarge, "what was edited cannot be read: \(scan.faults)")
    }
  }

  /// Edits at nodes of the tree itself.
  static func edit(_ tree: inout EditableTree, _ read: FlatTree?) {
    guard let read else { return }
    for node in read.allNodes.prefix(6) {
      let path = read.path(node)
      _ = tree.hasNode(path)
      attempt { () throws(TreeEditError) in
        try tree.set("status", of: path, to: Array("okay\0".utf8))
      }
      if let property = read.properties(node).first(where: { _ in true }) {
        let name = read.propertyName(property)
        _ = tree.value(of: name, in: path)
        attempt { () throws(TreeEditError) in try tree.removeProperty(name, of: path) }
      }
      attempt { () throws(TreeEditError) in try tree.addNode("added@1", to: path) }
      attempt { () throws(TreeEditError) in try tree.removeNode(path + "/added@1") }
    }
    let address = read.reservations.first?.entry.address.rawValue
    attempt { () throws(TreeEditError) in try tree.resize(by: 0x100, loadedAt: address) }
  }

  /// A refusal is an answer like any other, and has words.
  @discardableResult
  static func attempt<Answer>(_ body: () throws(TreeEditError) -> Answer) -> Answer? {
    do throws(TreeEditError) {
      return try body()
    } catch {
      _ = error.diagnostic
      return nil
    }
  }
}

@_cdecl("LLVMFuzzerTestOneInput")
func fuzzOverlay(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  FuzzOverlay.test(bytes(data, count))
  return 0
}

@_cdecl("LLVMFuzzerCustomMutator")
func mutateTrees(
  _ data: UnsafeMutablePointer<UInt8>?, _ size: Int, _ room: Int, _ seed: UInt32
) -> Int {
  Mutation.mutate(data, size, room: room, seed: seed, hasTwoTrees: true)
}

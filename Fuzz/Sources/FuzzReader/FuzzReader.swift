import Bytes
import DeviceTree
import Diagnostics
import Foundation
import FuzzDriver
import TreeMutation

/// The reader: any bytes are scanned, what is sound is written and read again.
@main struct FuzzReader {
  static func main() { runFuzzer(fuzzReader) }

  static func test(_ bytes: [UInt8]) {
    if isPlanted { fallIntoPlantedTrap(bytes) }
    let scan = FlatTree.scanning(bytes)
    for fault in scan.faults {
      _ = fault.diagnostic
      _ = fault.offset.flatMap { scan.tree?.place(at: $0) }
    }
    let strict = try? DeviceTree(parsing: bytes.span.bytes)
    let isSound = scan.tree != nil && scan.faults.allSatisfy(\.isRemark)
    require(isSound == (strict != nil), "the two readers disagree")
    if let tree = scan.tree { visit(tree) }
    if let strict { readAgain(strict) }
  }

  /// Everything that can be asked of a tree with faults.
  static func visit(_ tree: FlatTree) {
    for node in tree.allNodes {
      _ = (tree.unitNumber(node), tree.place(at: tree.offset(node)))
      for child in tree.children(node) { require(tree.parent(child) == node, "a foundling") }
      for property in tree.properties(node) {
        _ = (tree.cells(property), tree.strings(property), tree.propertyName(property))
        require(tree.node(of: property) == node, "a stray property")
      }
    }
    _ = DeviceTree(tree).source
  }

  /// What is written means what was read.
  static func readAgain(_ tree: DeviceTree) {
    let written = tree.encoded()
    do throws(DeviceTreeError) {
      let again = try DeviceTree(parsing: written.span.bytes)
      require(again == tree, "read again, the tree is another one")
      require(again.encoded() == written, "written again, the bytes are others")
      require(TreeDifference.between(tree, again).isEmpty, "equal trees differ")
    } catch {
      require(false, "what was written cannot be read: \(error)")
    }
    _ = try? tree.reservedMemory()
  }

  // MARK: The self-test

  /// Set by `make fuzz-selftest` only.
  static let isPlanted = ProcessInfo.processInfo.environment["CTBOOT_FUZZ_PLANTED"] == "1"

  /// A fault that nobody has: version 17, and somewhere `ae`, which no seed holds.
  static func fallIntoPlantedTrap(_ bytes: [UInt8]) {
    guard bytes.count >= 40, bytes[20..<24].elementsEqual([0, 0, 0, 17]) else { return }
    for index in 40..<max(40, bytes.count - 1) where bytes[index] == UInt8(ascii: "a") {
      if bytes[index + 1] == UInt8(ascii: "e") { fatalError("the planted trap") }
    }
  }
}

@_cdecl("LLVMFuzzerTestOneInput")
func fuzzReader(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  FuzzReader.test(bytes(data, count))
  return 0
}

@_cdecl("LLVMFuzzerCustomMutator")
func mutateTree(
  _ data: UnsafeMutablePointer<UInt8>?, _ size: Int, _ room: Int, _ seed: UInt32
) -> Int {
  Mutation.mutate(data, size, room: room, seed: seed)
}

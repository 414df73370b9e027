import BootImages
import Bytes
import DeviceTree
import Diagnostics
import TreeEditing

extension Machine {
  /// Whether a header of a tree lies there (`fdt_valid`); tells what is wrong with it.
  mutating func isTree(at address: UInt64, isQuiet: Bool) throws(MachineStop) -> Bool {
    guard address != 0 else {
      if !isQuiet { puts("The address of the fdt is invalid (NULL).\n") }
      return false
    }
    let header = try bytes(40, at: address)
    guard header.bigEndianUInt32(at: 0) == 0xD00D_FEED else {
      if !isQuiet { puts("libfdt fdt_check_header(): FDT_ERR_BADMAGIC\n") }
      return false
    }
    return true
  }

  /// The bytes of the tree that lies there.
  func treeBytes(at address: UInt64) throws(MachineStop) -> [UInt8] {
    let header = try bytes(8, at: address)
    return try bytes(Int(header.bigEndianUInt32(at: 4) ?? 0), at: address)
  }

  /// The working tree. One that is damaged is not worked on: libfdt would do with it whatever comes.
  func tree() throws(MachineStop) -> EditableTree {
    guard let address = workingTree else { throw .waits("`fdt` has no tree to work on") }
    let bytes = try treeBytes(at: address)
    do throws(TreeEditError) {
      return try EditableTree(bytes)
    } catch {
      throw .notModelled(
        command: "fdt", reason: "the tree is damaged: \(error.diagnostic.message)")
    }
  }

  /// Writes the working tree back.
  mutating func put(_ tree: EditableTree, _ what: String) throws(MachineStop) {
    try write(tree.bytes, at: workingTree ?? 0)
    if case .wrote? = effects.last { effects.removeLast() }
    note(.tree(what))
  }

  /// The working tree with more room; what libfdt says where that cannot be.
  func tree(ofSize size: Int) throws(MachineStop) -> Result<EditableTree, TreeEditError> {
    let tree = try tree()
    do throws(TreeEditError) {
      return .success(try EditableTree(tree.bytes, padding: size - tree.totalSize))
    } catch {
      return .failure(error)
    }
  }

  /// Changes the working tree; what libfdt refuses is told as U-Boot tells it.
  mutating func edit(
    _ function: String, blank: String = "", _ what: String,
    _ change: (inout EditableTree, UInt64) throws(TreeEditError) -> Void
  ) throws(MachineStop) -> CommandResult {
    var tree = try tree()
    do throws(TreeEditError) {
      try change(&tree, workingTree ?? 0)
    } catch {
      puts("libfdt \(function)(): \(blank)\(error.code)\n")
      return .failure
    }
    try put(tree, what)
    return .success
  }

  /// Whether there is such a node; tells if not.
  mutating func hasNode(_ path: String) throws(MachineStop) -> Bool {
    let tree = try tree()
    guard let fault = tree.fault(at: path) else { return true }
    puts("libfdt fdt_path_offset() returned \(fault.name)\n")
    return false
  }

  /// A node by a path that libfdt has found: unit addresses may be left out, and the first step may
  /// be an alias.
  func node(_ path: String, in tree: EditableTree) throws(MachineStop) -> Node? {
    let bytes = tree.bytes
    guard let whole = try? DeviceTree(parsing: bytes.span.bytes) else { return nil }
    var path = path
    if !path.hasPrefix("/") {
      let alias = String(path.prefix { $0 != "/" })
      let target = whole.root.child("aliases")?.property(alias)?.string ?? ""
      path = target + path.dropFirst(alias.count)
    }
    var node: Node? = whole.root
    for step in path.split(separator: "/") {
      node = node?.children.first {
        $0.name == step || !step.contains("@") && $0.baseName == step
      }
    }
    return node
  }
}

extension TreeEditError {
  /// What libfdt calls it.
  var code: String {
    switch self {
    case .libfdt(let code, _): code.name
    case .tooLarge: "FDT_ERR_NOSPACE"
    case .overlay: "FDT_ERR_BADOVERLAY"
    case .invalidName: "FDT_ERR_BADVALUE"
    case .unreadable, .unreadableOverlay: "FDT_ERR_BADSTRUCTURE"
    }
  }
}

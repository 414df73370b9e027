public import DeviceTree
public import Diagnostics

/// Why a tree could not be edited. The tree is then as it was before.
public enum TreeEditError: Error, Sendable, Hashable {
  /// What was being done.
  public enum Operation: Sendable, Hashable {
    case open
    case set(node: String, property: String)
    case removeProperty(node: String, property: String)
    case addNode(String)
    case removeNode(String)
    case applyOverlay
    case resize
    case reserve
    case pack
  }

  /// Our own reader refuses the blob, so that libfdt never sees it.
  case unreadable(DeviceTreeError)
  case unreadableOverlay(DeviceTreeError)
  /// The overlay is a sound tree, but would lead libfdt astray.
  case overlay(OverlayFault)
  /// A name that no node or property can have.
  case invalidName(String)
  /// More bytes than are edited.
  case tooLarge(size: Int, limit: Int)
  /// libfdt refused.
  case libfdt(LibFDTCode, Operation)
}

extension TreeEditError: DiagnosticConvertible {
  public var diagnostic: Diagnostic {
    switch self {
    case .unreadable(let error): return error.diagnostic
    case .unreadableOverlay(let error):
      var diagnostic = error.diagnostic
      diagnostic.message = "the overlay is no sound tree: \(diagnostic.message)"
      return diagnostic
    case .overlay(let fault): return fault.diagnostic
    case .invalidName(let name):
      return Diagnostic(
        .error, "no node and no property can be called \"\(name)\"",
        help: "a name is not empty and has no slash and no control character")
    case .tooLarge(let size, let limit):
      return Diagnostic(
        .error, "the tree would have \(size) bytes, more than the \(limit) that are edited")
    case .libfdt(let code, let operation):
      return Diagnostic(
        .error, "\(operation.words): \(code.words)",
        notes: ["libfdt's \(operation.function) says \(code.name), and U-Boot prints that"],
        help: code.wayOut(of: operation))
    }
  }
}

extension TreeEditError.Operation {
  fileprivate var words: String {
    switch self {
    case .open: "the tree cannot be opened for edits"
    case .set(let node, let property): "\(property) of \(node) cannot be set"
    case .removeProperty(let node, let property): "\(property) of \(node) cannot be removed"
    case .addNode(let path): "the node \(path) cannot be added"
    case .removeNode(let path): "the node \(path) cannot be removed"
    case .applyOverlay: "the overlay cannot be applied"
    case .resize: "the tree cannot be resized"
    case .reserve: "no memory can be reserved"
    case .pack: "the tree cannot be packed"
    }
  }

  fileprivate var function: String {
    switch self {
    case .open: "fdt_open_into"
    case .set: "fdt_setprop"
    case .removeProperty: "fdt_delprop"
    case .addNode: "fdt_add_subnode"
    case .removeNode: "fdt_del_node"
    case .applyOverlay: "fdt_overlay_apply"
    case .resize, .reserve: "fdt_add_mem_rsv"
    case .pack: "fdt_pack"
    }
  }
}

extension LibFDTCode {
  fileprivate var words: String {
    switch self {
    case .notFound: "it is not there"
    case .exists: "it is there already"
    case .noSpace: "the tree has no room left"
    case .badOffset: "the place is none in the tree"
    case .badPath: "the path does not begin with / and names no alias"
    case .badPhandle: "a phandle is no single cell, or is 0 or 0xffffffff"
    case .badState: "the tree is not complete"
    case .truncated: "the tree ends too early"
    case .badMagic: "it is no device tree"
    case .badVersion: "its version cannot be edited"
    case .badStructure: "the structure is damaged"
    case .badLayout: "its blocks stand in an order that cannot be edited"
    case .internal: "libfdt has failed"
    case .badCells: "an #address-cells or #size-cells is wrong"
    case .badValue: "a value is not what it has to be"
    case .badOverlay: "the overlay names something that is not there"
    case .noPhandles: "no phandle is free any more"
    case .badFlags: "the flags are wrong"
    case .alignment: "the tree does not lie on a multiple of 8"
    }
  }

  fileprivate func wayOut(of operation: TreeEditError.Operation) -> String? {
    switch (self, operation) {
    case (.noSpace, _):
      "make room before: `fdt resize BYTES` (hexadecimal) in the script, or `dtc -p BYTES`"
    case (.notFound, .set), (.notFound, .removeProperty), (.notFound, .removeNode),
      (.notFound, .addNode):
      "add the node first, and look at the path's spelling"
    case (.badPath, _): "write the path from the root on: /chosen"
    case (.exists, _): "set its properties instead"
    case (.badPhandle, .applyOverlay), (.notFound, .applyOverlay), (.badOverlay, .applyOverlay):
      "compile the base tree with `dtc -@`, and the overlay for this base"
    default: nil
    }
  }
}

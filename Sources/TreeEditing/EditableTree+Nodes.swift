import CLibFDT

/// Nodes and properties.
extension EditableTree {
  /// The value of a property; nil where there is no such property or node.
  public func value(of property: String, in node: String) -> [UInt8]? {
    blob.withView { view in
      let offset = Self.offset(of: node, in: view)
      return offset < 0 ? nil : view.value(property.utf8, of: offset)
    }
  }

  public func hasNode(_ path: String) -> Bool { fault(at: path) == nil }

  /// Why there is no such node; nil where there is one. The libfdt function is `fdt_path_offset`.
  public func fault(at path: String) -> LibFDTCode? {
    let offset = blob.withView { Self.offset(of: path, in: $0) }
    return offset < 0 ? LibFDTCode(result: offset) : nil
  }

  /// Gives the property that value, whether there is one or not. The libfdt function is
  /// `fdt_setprop`.
  public mutating func set(
    _ property: String, of node: String, to value: [UInt8]
  ) throws(TreeEditError) {
    try Self.check(name: property, isNode: false)
    _ = try Self.checked(value.count, adding: 0)
    try edit(node, .set(node: node, property: property)) { fdt, offset in
      property.withCString { fdt_setprop(fdt, offset, $0, value, Int32(value.count)) }
    }
  }

  /// The libfdt function is `fdt_delprop`.
  public mutating func removeProperty(
    _ property: String, of node: String
  ) throws(TreeEditError) {
    try Self.check(name: property, isNode: false)
    try edit(node, .removeProperty(node: node, property: property)) { fdt, offset in
      property.withCString { fdt_delprop(fdt, offset, $0) }
    }
  }

  /// Adds a node as the first child of another. The libfdt function is `fdt_add_subnode`.
  public mutating func addNode(_ name: String, to parent: String) throws(TreeEditError) {
    try Self.check(name: name, isNode: true)
    let path = parent.hasSuffix("/") ? parent + name : "\(parent)/\(name)"
    try edit(parent, .addNode(path)) { fdt, offset in
      name.withCString { fdt_add_subnode(fdt, offset, $0) }
    }
  }

  /// The libfdt function is `fdt_del_node`.
  public mutating func removeNode(_ path: String) throws(TreeEditError) {
    try edit(path, .removeNode(path)) { fdt, offset in fdt_del_node(fdt, offset) }
  }

  private mutating func edit(
    _ node: String, _ operation: TreeEditError.Operation,
    _ change: (UnsafeMutableRawPointer, Int32) -> Int32
  ) throws(TreeEditError) {
    let offset = blob.withView { Self.offset(of: node, in: $0) }
    guard offset >= 0 else { throw .libfdt(LibFDTCode(result: offset), operation) }
    try Self.check(blob.withMutablePointer { change($0, offset) }, operation)
  }

  /// The node at a path, whose first step may be an alias.
  private static func offset(of path: String, in view: FlatView) -> Int32 {
    if path.hasPrefix("/") { return view.node(at: path.utf8) }
    let alias = path.prefix { $0 != "/" }
    let aliases = view.node(at: "/aliases".utf8)
    guard !alias.isEmpty, aliases >= 0, let target = view.value(alias.utf8, of: aliases),
      target.isAbsolutePath
    else { return -LibFDTCode.badPath.rawValue }
    return view.node(at: target.dropLast() + Array(path.utf8.dropFirst(alias.utf8.count)))
  }
}

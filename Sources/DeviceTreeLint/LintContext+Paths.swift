import DeviceTree

/// Nodes by path and by alias.
extension LintContext {
  /// The node at an absolute path, each part of which is a node's whole name, as Xen and dtc compare
  /// them.
  func node(atPath path: some StringProtocol) -> NodeID? {
    guard path.hasPrefix("/") else { return nil }
    var node = NodeID.root
    for part in path.dropFirst().split(separator: "/", omittingEmptySubsequences: true) {
      guard let found = tree.child(node, named: Array(part.utf8)[...]) else { return nil }
      node = found
    }
    return node
  }

  /// What a console option or `stdout-path` means: a path, or an alias; options behind `:` are cut.
  func node(named text: some StringProtocol) -> NodeID? {
    let name = text.prefix { $0 != ":" }
    if name.hasPrefix("/") { return node(atPath: name) }
    guard let aliases else { return nil }
    for property in tree.properties(aliases)
    where tree.bytes[tree.propertyNameRange(property)].elementsEqual(name.utf8) {
      return tree.string(property).flatMap { node(atPath: $0) }
    }
    return nil
  }
}

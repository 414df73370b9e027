import DeviceTree

/// Nodes by path and by alias.
extension LintContext {
  /// The node at an absolute path, each part of which is a node's whole name, as Xen and dtc compare
  /// them.
  func node(atPath path: some StringProtocol) -> NodeID? { node(atPath: Array(path.utf8)[...]) }

  /// The same for a path that is not text yet; slashes may be more than they have to.
  func node(atPath path: ArraySlice<UInt8>) -> NodeID? {
    let slash = UInt8(ascii: "/")
    guard path.first == slash else { return nil }
    var node = NodeID.root
    var start = path.startIndex
    while true {
      while start < path.endIndex, path[start] == slash { start += 1 }
      guard start < path.endIndex else { return node }
      var end = start
      while end < path.endIndex, path[end] != slash { end += 1 }
      guard let child = tree.child(node, named: path[start..<end]) else { return nil }
      node = child
      start = end
    }
  }

  /// What a console option or `stdout-path` means: a path, or an alias; options behind `:` are cut.
  func node(named text: some StringProtocol) -> NodeID? {
    let name = Array(text.utf8.prefix { $0 != UInt8(ascii: ":") })
    if name.first == UInt8(ascii: "/") { return node(atPath: name[...]) }
    guard let aliases, let index = tree.nameIndex(spelled: name[...]) else { return nil }
    for property in tree.properties(aliases) where tree.nameIndex(property) == index {
      return tree.string(property).flatMap { node(atPath: $0) }
    }
    return nil
  }
}

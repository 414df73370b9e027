/// Nodes by path. A path counts from the root; each of its parts is a child's whole name, or its
/// name without unit address where only one child has that: `/soc/serial@1c28000`, `/memory`.
extension DeviceTree {
  /// The node at `path`, if there is one and no other could be meant.
  public func node(at path: String) -> Node? {
    var node = root
    for part in path.split(separator: "/") {
      guard let index = node.childIndex(part) else { return nil }
      node = node.children[index]
    }
    return node
  }

  /// Changes the node at `path` in place. What is missing of the path is made first, empty, as the
  /// last child of its parent; a part that could mean several children is missing.
  public mutating func edit(_ path: String, _ change: (inout Node) -> Void) {
    root.edit(path.split(separator: "/")[...], change)
  }
}

extension Node {
  fileprivate func childIndex(_ part: Substring) -> Int? {
    if let exact = children.firstIndex(where: { $0.name == part }) { return exact }
    guard !part.contains("@"),
      let first = children.firstIndex(where: { $0.baseName == part }),
      children.lastIndex(where: { $0.baseName == part }) == first
    else { return nil }
    return first
  }

  /// As deep as the path is long.
  fileprivate mutating func edit(_ path: ArraySlice<Substring>, _ change: (inout Node) -> Void) {
    guard let part = path.first else { return change(&self) }
    let index = childIndex(part) ?? children.endIndex
    if index == children.endIndex { children.append(Node(name: String(part))) }
    children[index].edit(path.dropFirst(), change)
  }
}

import Bytes

extension DeviceTree {
  /// Reads a blob. Whatever the bytes are, the answer is a tree or an error: time and memory grow
  /// with the length of the blob only. Bytes behind the header's total size are not looked at.
  ///
  /// Nothing that is faulty is taken; `FlatTree.scanning` goes on behind faults and tells them all.
  public init(parsing bytes: RawSpan, limits: Limits = .standard) throws(DeviceTreeError) {
    // The header alone tells how much there is to copy.
    let header = try Header(parsing: bytes)
    let size = min(UInt64(bytes.byteCount), UInt64(header.totalSizeField))
    let scan = FlatTree.scanning(bytes.copied(0..<Int(size)), limits: limits)
    if let fault = scan.faults.first(where: { !$0.isRemark }) { throw fault }
    guard let tree = scan.tree else { throw .noRoot(at: 0) }
    self.init(tree)
  }

  /// The values of a tree that was scanned. Of namesakes each is kept.
  public init(_ tree: FlatTree) {
    reservations = tree.reservations.map(\.entry)
    bootProcessor = tree.header.bootProcessor
    root = Node(name: "")
    // From the last node to the first, so that a node's children are complete when it is met.
    var waiting: [NodeID: [Node]] = [:]
    for id in tree.allNodes.reversed() {
      let node = Node(
        name: tree.name(id),
        properties: tree.properties(id).map {
          Property(name: tree.propertyName($0), value: Array(tree.value($0)))
        },
        children: (waiting.removeValue(forKey: id) ?? []).reversed())
      if let parent = tree.parent(id) {
        waiting[parent, default: []].append(node)
      } else {
        root = node
      }
    }
  }
}

import Measures

/// The folders and files of a volume, with every name checked and its short form found.
///
/// Nodes refer to each other by number, the root being 0; a deep path costs no deep recursion.
struct FATTree {
  struct Node {
    let name: String
    let path: String
    let parent: Int
    /// Nil for folders.
    let size: UInt32?
    /// By name in the order of its UTF-8.
    var children: [Int] = []
    /// The name as its folder holds it; the root has none and does not use it.
    var entry = FATName.itself
  }

  /// Names in a path. No system asks for so many, and readers recurse.
  private static let deepest = 64

  private(set) var nodes = [Node(name: "", path: "", parent: 0, size: nil)]
  /// Children of each folder by name in capitals.
  private var known: [[String: Int]] = [[:]]

  init(_ entries: [FATEntry]) throws(FATError) {
    for entry in entries.sorted(by: { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }) {
      try insert(entry)
    }
    for index in nodes.indices {
      let children = nodes[index].children.sorted {
        nodes[$0].name.utf8.lexicographicallyPrecedes(nodes[$1].name.utf8)
      }
      nodes[index].children = children
      let names = children.map { nodes[$0].name }
      for (child, short) in zip(children, FATShortNames.assigned(to: names)) {
        nodes[child].entry = FATName(nodes[child].name, short: short)
      }
    }
  }

  private mutating func insert(_ entry: FATEntry) throws(FATError) {
    let names = entry.path.split(separator: "/", omittingEmptySubsequences: false)
    guard names.count <= Self.deepest else {
      throw .name(path: entry.path, fault: .tooDeep(names: names.count, limit: Self.deepest))
    }
    var folder = 0
    for (depth, name) in names.enumerated() {
      if let fault = FATNameFault.fault(of: name) {
        throw .name(path: entry.path, fault: fault)
      }
      let path = names[...depth].joined(separator: "/")
      let isLast = depth == names.count - 1
      var size: UInt32?
      if isLast, case .file(let bytes) = entry.content {
        guard let fitting = UInt32(exactly: bytes.rawValue) else {
          throw .fileTooLarge(path: path, size: bytes)
        }
        size = fitting
      }
      folder = try node(String(name), in: folder, path: path, size: size)
    }
  }

  /// The node of that name in `folder`: a new one, or for folders the one already there.
  private mutating func node(
    _ name: String, in folder: Int, path: String, size: UInt32?
  ) throws(FATError) -> Int {
    let key = name.uppercased()
    guard let index = known[folder][key] else {
      let index = nodes.count
      nodes.append(Node(name: name, path: path, parent: folder, size: size))
      nodes[folder].children.append(index)
      known.append([:])
      known[folder][key] = index
      return index
    }
    // UTF-8 tells apart what String holds for equal: letters with accents, composed or not.
    guard nodes[index].name.utf8.elementsEqual(name.utf8) else {
      throw .twice(path: nodes[index].path, other: path)
    }
    switch (nodes[index].size, size) {
    case (nil, nil): return index
    case (.some, .some): throw .twice(path: nodes[index].path, other: path)
    default: throw .fileAsFolder(path: path)
    }
  }

  /// All nodes, each folder before what lies in it, from the root downwards and by name.
  var inOrder: [Int] {
    var order = [0]
    var next = 0
    while next < order.count {
      order += nodes[order[next]].children
      next += 1
    }
    return order
  }
}

/// The links of an archive, followed by their texts alone: the file system is never asked.
struct LinkTable {
  /// Where a link leads; nil inside where it leads out of the archive.
  private var targets: [String: MemberPath?] = [:]
  /// As many links as Linux follows in one path (path_resolution(7)).
  private static let limit = 40

  mutating func add(_ link: MemberPath, to target: String) {
    targets[link.text] = .some(link.target(ofLink: target))
  }

  func contains(_ path: String) -> Bool { targets[path] != nil }

  /// The path without any link in it; nil where it leaves the archive or runs in a circle.
  func end(of path: MemberPath) -> MemberPath? {
    var path = path
    for _ in 0...Self.limit {
      guard let count = linkedPrefix(of: path) else { return path }
      let link = path.components[..<count].joined(separator: "/")
      guard let target = targets[link] ?? nil else { return nil }
      path = path.replacing(first: count, with: target)
    }
    return nil
  }

  /// How many leading components name a link.
  private func linkedPrefix(of path: MemberPath) -> Int? {
    (1...path.components.count).first {
      contains(path.components[..<$0].joined(separator: "/"))
    }
  }
}

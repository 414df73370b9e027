import Diagnostics

/// Which members may have been meant by a path that the archive does not hold.
enum NearMembers {
  /// At most three: those of the same name in other folders, else the one spelt nearest, else
  /// those whose names begin alike.
  static func to(_ wanted: String, among paths: Set<String>) -> [String] {
    let name = lastComponent(wanted)
    let sorted = paths.sorted()
    let sameName = sorted.filter { lastComponent($0) == name }
    if !sameName.isEmpty { return Array(sameName.prefix(3)) }
    // The folder is right more often than not, and comparing thousands of paths is slow.
    let folder = wanted.prefix(wanted.count - name.count)
    let neighbours = sorted.filter { lastComponent($0).count + folder.count == $0.count }
      .filter { $0.hasPrefix(folder) }
    let names = neighbours.map { String(lastComponent($0)) }
    if let nearest = Spelling.nearest(to: String(name), among: names) { return [folder + nearest] }
    let alike = sorted.filter { abs($0.count - wanted.count) <= 2 }
    if let nearest = Spelling.nearest(to: wanted, among: alike.prefix(1000)) { return [nearest] }
    let stem = wanted.prefix(wanted.count - name.count + min(4, name.count))
    return Array(sorted.filter { $0.hasPrefix(stem) }.prefix(3))
  }

  private static func lastComponent(_ path: String) -> Substring {
    path.split(separator: "/").last ?? ""
  }
}

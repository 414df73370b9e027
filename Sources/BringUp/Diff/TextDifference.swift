/// The lines in which two texts differ.
struct TextDifference {
  /// In the order of the texts, with `-` before what only the first has and `+` before what only the
  /// second has; lines of both are left out.
  let lines: [String]

  /// More lines are not brought together: that would take a time that grows with their square.
  private static let most = 2000

  init(_ old: String, _ new: String) {
    let before = old.split(separator: "\n", omittingEmptySubsequences: false)
    let after = new.split(separator: "\n", omittingEmptySubsequences: false)
    guard before.count <= Self.most, after.count <= Self.most else {
      lines = old == new ? [] : ["- \(before.count) lines", "+ \(after.count) lines"]
      return
    }
    let changes = after.difference(from: before)
    var removed: Set<Int> = []
    var inserted: Set<Int> = []
    for change in changes {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): inserted.insert(offset)
      }
    }
    var lines: [String] = []
    var (left, right) = (0, 0)
    while left < before.count || right < after.count {
      if removed.contains(left) {
        lines.append("- \(before[left])")
        left += 1
      } else if inserted.contains(right) {
        lines.append("+ \(after[right])")
        right += 1
      } else {
        left += 1
        right += 1
      }
    }
    self.lines = lines
  }
}

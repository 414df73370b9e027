import Archives
import Measures

/// Which members of a package lie in the cache, and which patterns were answered by them. Text, a
/// line each:
///
///     ctboot members 1
///     wanted boot/vmlinuz-*
///     file SHA256 SIZE boot/vmlinuz-6.1.0-50-armmp
struct MemberIndex {
  struct Entry: Hashable {
    let sha256: String
    let size: ByteCount
  }

  var patterns: Set<String> = []
  var entries: [String: Entry] = [:]

  init() {}

  /// What is no such index is an empty one, and so is one with a single damaged line, whatever else
  /// it says: its members are taken again.
  init(_ text: String) {
    guard text.hasPrefix(Self.header + "\n"), text.hasSuffix("\n") else { return }
    var (patterns, entries) = (self.patterns, self.entries)
    for line in text.split(separator: "\n").dropFirst() {
      if line.hasPrefix("wanted ") {
        patterns.insert(String(line.dropFirst("wanted ".count)))
      } else if let (path, entry) = Self.file(line) {
        entries[path] = entry
      } else {
        return
      }
    }
    (self.patterns, self.entries) = (patterns, entries)
  }

  /// Reads `file SHA256 SIZE PATH`. The path joins a folder's name: one that `extract` would refuse
  /// did not come from it.
  private static func file(_ line: Substring) -> (path: String, Entry)? {
    let words = line.split(separator: " ", maxSplits: 3, omittingEmptySubsequences: false)
    guard words.count == 4, words[0] == "file", FileHash.isSHA256(words[1]),
      let size = UInt64(words[2]), !words[3].isEmpty, !words[3].hasPrefix("/"),
      !words[3].split(separator: "/").contains("..")
    else { return nil }
    return (String(words[3]), Entry(sha256: String(words[1]), size: ByteCount(size)))
  }

  var text: String {
    let wanted = patterns.sorted().map { "wanted \($0)\n" }
    let files = entries.sorted { $0.key < $1.key }.map { path, entry in
      "file \(entry.sha256) \(entry.size.rawValue) \(path)\n"
    }
    return "\(Self.header)\n" + wanted.joined() + files.joined()
  }

  /// The members that the pattern means, or nil where it was never asked for. None at all is no
  /// answer either, since a pattern that matches nothing is never noted.
  func answer(to pattern: MemberPattern) -> [String: Entry]? {
    guard patterns.contains(pattern.text) else { return nil }
    let found = entries.filter { pattern.matches($0.key) }
    return found.isEmpty ? nil : found
  }

  private static let header = "ctboot members 1"
}

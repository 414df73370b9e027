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

  /// What is no such index is an empty one: its members are taken again.
  init(_ text: String) {
    let lines = text.split(separator: "\n")
    guard let first = lines.first, first == Self.header else { return }
    for line in lines.dropFirst() {
      let words = line.split(separator: " ", maxSplits: 3, omittingEmptySubsequences: false)
      if words.first == "wanted" {
        patterns.insert(String(line.dropFirst("wanted ".count)))
      } else if words.first == "file", words.count == 4, let size = UInt64(words[2]) {
        let entry = Entry(sha256: String(words[1]), size: ByteCount(size))
        // The path joins a folder's name: one that `extract` would refuse did not come from it.
        guard !words[3].hasPrefix("/"), !words[3].split(separator: "/").contains("..") else {
          continue
        }
        entries[String(words[3])] = entry
      }
    }
  }

  var text: String {
    let wanted = patterns.sorted().map { "wanted \($0)\n" }
    let files = entries.sorted { $0.key < $1.key }.map { path, entry in
      "file \(entry.sha256) \(entry.size.rawValue) \(path)\n"
    }
    return "\(Self.header)\n" + wanted.joined() + files.joined()
  }

  /// The members that the pattern means, or nil where it was never asked for.
  func answer(to pattern: MemberPattern) -> [String: Entry]? {
    guard patterns.contains(pattern.text) else { return nil }
    return entries.filter { pattern.matches($0.key) }
  }

  private static let header = "ctboot members 1"
}

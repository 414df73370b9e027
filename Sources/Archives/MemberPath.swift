/// A member's path after it was judged: relative, without `.` and `..`, so that it stays within
/// the folder it is written to.
struct MemberPath: Sendable, Hashable {
  /// Never empty.
  let components: [String]

  var text: String { components.joined(separator: "/") }

  /// The folders above it, the outermost first.
  var ancestors: [String] {
    components.indices.dropFirst().map { components[..<$0].joined(separator: "/") }
  }

  /// Nil for the archive's root, as in `./`.
  init?(_ stored: String) throws(UnsafePath) {
    if stored.utf8.first == UInt8(ascii: "/") { throw .absolute }
    guard stored.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else { throw .controlCharacter }
    let parts = stored.split(separator: "/").filter { $0 != "." }
    guard !parts.contains("..") else { throw .parentFolder }
    guard !parts.isEmpty else { return nil }
    self.components = parts.map { String($0) }
  }

  private init(components: [String]) { self.components = components }

  /// The member that a link at this path means, by its text alone. An absolute target counts from
  /// the archive's root, since that becomes the root when the package is installed. Nil where the
  /// target leaves the archive.
  func target(ofLink target: String) -> MemberPath? {
    var result = target.hasPrefix("/") ? [] : Array(components.dropLast())
    for part in target.split(separator: "/") where part != "." {
      if part == ".." {
        guard result.popLast() != nil else { return nil }
      } else {
        result.append(String(part))
      }
    }
    return result.isEmpty ? nil : MemberPath(components: result)
  }

  /// This path with one of its leading parts replaced: `lib/modules` with `lib` by `usr/lib`.
  func replacing(first count: Int, with other: MemberPath) -> MemberPath {
    MemberPath(components: other.components + components.dropFirst(count))
  }
}

/// Why a member's path is refused.
public enum UnsafePath: Error, Sendable, Hashable {
  case absolute
  /// It holds `..`.
  case parentFolder
  case controlCharacter
  /// A folder above it is a link of the same archive.
  case throughLink(String)
}

import Diagnostics

/// What is to be told of a root besides errors: each matter once, with the first of its members.
struct RootNotes {
  enum Matter: Int, CaseIterable {
    case leadingSlash
    case replaced
    case fileBecameFolder
    case linkKept
    case throughLink
    case socket
    case complaint
    case unusedOwner
  }

  private var counts = [Int](repeating: 0, count: Matter.allCases.count)
  private var examples = [[String]](repeating: [], count: Matter.allCases.count)
  private static let shown = 3

  mutating func add(_ matter: Matter, _ name: [UInt8]) {
    counts[matter.rawValue] += 1
    if counts[matter.rawValue] <= Self.shown { examples[matter.rawValue].append(quoted(name)) }
  }

  mutating func add(_ matter: Matter, words: String) {
    counts[matter.rawValue] += 1
    if counts[matter.rawValue] <= Self.shown { examples[matter.rawValue].append(words) }
  }

  var diagnostics: [Diagnostic] {
    Matter.allCases.filter { counts[$0.rawValue] > 0 }.map { matter in
      let count = counts[matter.rawValue]
      let names = examples[matter.rawValue].joined(separator: ", ")
      let rest = count > Self.shown ? " and \(count - Self.shown) more" : ""
      return Diagnostic(matter.severity, matter.words(isOne: count == 1) + ": \(names)\(rest)")
    }
  }
}

extension RootNotes.Matter {
  var severity: Severity {
    switch self {
    case .leadingSlash, .linkKept, .throughLink: .info
    case .replaced, .fileBecameFolder, .socket, .complaint, .unusedOwner: .warning
    }
  }

  func words(isOne: Bool) -> String {
    switch self {
    case .leadingSlash:
      (isOne ? "a path begins" : "paths begin") + " with `/`, which is left out"
    case .replaced:
      (isOne ? "a path comes" : "paths come") + " again, and the last one counts"
    case .fileBecameFolder: "a folder takes the place of what was no folder"
    case .linkKept: "a symbolic link to a folder stays, where a folder of its name comes"
    case .throughLink: "members go where a symbolic link above them leads within the root"
    case .socket: "sockets are left out, which programs make anew"
    case .complaint: "a part of an archive's header could not be read and is left out"
    case .unusedOwner: "lines of the owner map count for nothing"
    }
  }
}

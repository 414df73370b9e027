public import Diagnostics
public import Files
import Measures
public import SystemPackage

/// Who owns the files of a root that comes from a folder, where they belong to whoever unpacked them.
///
/// A text, one rule a line; of several that match a path the last one counts, and what none matches
/// belongs to user and group 0:
///
/// ```
///   # path or pattern          user group [permissions]
///   /home/ct/**                1000 1000
///   /usr/bin/passwd               0    0   4755
///   /var/log/*.log                0    4
/// ```
/// Paths count from the root and begin with `/`. `*` stands for any part of a name, `?` for one byte,
/// `**` for any number of folders, none included: `/home/ct/**` is that folder and all below it. Users
/// and groups are numbers, since names mean others on other machines. Permissions are octal, three or
/// four digits; symbolic links have none. `\` takes its meaning from the next byte: `\ `, `\#`, `\*`;
/// with three octal digits it stands for that byte.
public struct OwnerMap: Sendable, Hashable {
  public struct Ownership: Sendable, Hashable {
    public var owner: UInt32 = 0
    public var group: UInt32 = 0
    /// Nil where the file keeps its own.
    public var permissions: UInt16?
  }

  struct Rule: Sendable, Hashable {
    let pattern: OwnerPattern
    let ownership: Ownership
    let line: Int
  }

  let rules: [Rule]

  /// Everything belongs to user and group 0.
  public init() { rules = [] }

  /// - Parameter file: its name in messages.
  public init(_ text: [UInt8], file: String) throws(OwnerMapError) {
    var rules: [Rule] = []
    let lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      if let rule = try OwnerLine(line, number: index + 1, file: file).rule() { rules.append(rule) }
    }
    self.rules = rules
  }

  /// Reads a map of at most 1 MiB.
  public init(contentsOf path: FilePath) throws(OwnerMapError) {
    let text: [UInt8]
    do { text = try readFile(path, limit: .mebibytes(1)) } catch { throw .file(error) }
    try self.init(text, file: path.string)
  }

  /// The rule that counts for a path, which has no slash in front; nil where none does.
  func index(for path: [UInt8]) -> Int? { rules.lastIndex { $0.pattern.matches(path) } }
}

/// Why an owner map cannot be read.
public enum OwnerMapError: Error, Sendable, Hashable {
  case file(FileError)
  case line(SourceSpan, OwnerMapFault)
}

public enum OwnerMapFault: Sendable, Hashable {
  case noSlash(String)
  case parent
  case escape
  case missing(String)
  case number(String)
  case permissions(String)
  case extra(String)
}

extension OwnerMapError: DiagnosticConvertible {
  public var diagnostic: Diagnostic {
    switch self {
    case .file(let error): error.diagnostic
    case .line(let span, let fault):
      Diagnostic(
        .error, fault.words, at: span,
        help: "write a path, a user, a group and perhaps permissions: /home/ct/** 1000 1000")
    }
  }
}

extension OwnerMapFault {
  var words: String {
    switch self {
    case .noSlash(let path): "the path `\(path)` does not begin with `/`"
    case .parent: "a path in an owner map holds `..`"
    case .escape: "`\\` is followed by nothing, or by digits that are no byte"
    case .missing(let what): "the \(what) is missing"
    case .number(let word): "`\(word)` is no number of a user or group: they are 0 to 4294967294"
    case .permissions(let word):
      "`\(word)` cannot be permissions, which are three or four octal digits"
    case .extra(let word): "`\(word)` stands behind all that a line can hold"
    }
  }
}

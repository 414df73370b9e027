public import Diagnostics
public import Measures
public import SystemPackage

/// Why an archive could not be read, or a member of it not be taken.
public enum ArchiveError: Error, Sendable, Hashable {
  case cannotOpen(FilePath, Errno)
  /// The file ends before the archive does.
  case truncated(FilePath, member: String?)
  /// `reason` is libarchive's.
  case corrupt(FilePath, member: String?, reason: String)
  /// `found` says what the file is instead: `a zip archive`.
  case notAnArchive(FilePath, found: String)
  case notADebianPackage(FilePath, found: String)
  case unsafePath(FilePath, member: String, UnsafePath)
  /// `near` are members that may have been meant.
  case missing(FilePath, wanted: String, near: [String])
  /// A wanted member is a folder, a device or a pipe.
  case notAFile(FilePath, member: String)
  /// A wanted link ends outside the archive, at nothing, or in a circle.
  case deadLink(FilePath, member: String, target: String)
  case tooLarge(FilePath, member: String, limit: ByteCount)
  case cannotWrite(FilePath, Errno)
}

extension ArchiveError: DiagnosticConvertible {
  public var diagnostic: Diagnostic {
    switch self {
    case .cannotOpen(let path, let errno):
      Diagnostic(.error, "\(path) cannot be opened: \(errno)")
    case .truncated(let path, let member):
      Diagnostic(
        .error, "\(path) ends too early\(Self.place(member))",
        help: "Copy or download the file again; it was cut off.")
    case .corrupt(let path, let member, let reason):
      Diagnostic(
        .error, "\(path) is damaged\(Self.place(member))", notes: ["libarchive says: \(reason)."],
        help: "Copy or download the file again.")
    case .notAnArchive(let path, let found):
      Diagnostic(
        .error, "\(path) is no archive but \(found)",
        help: "Name a tar, cpio or ar archive, plain or packed with gzip, bzip2, xz or zstd.")
    case .notADebianPackage(let path, let found):
      Diagnostic(
        .error, "\(path) is no Debian package but \(found)", help: "Name a file that ends in .deb.")
    case .unsafePath(let path, let member, let reason):
      Diagnostic(
        .error, "\(path) holds the member \(Self.quoted(member)), \(reason.words)",
        help: "Do not use this archive: no honest tool makes such members.")
    case .missing(let path, let wanted, let near):
      Diagnostic(
        .error, "\(path) holds no member \(Self.quoted(wanted))",
        help: near.isEmpty ? nil : "Did you mean \(near.joined(separator: " or "))?")
    case .notAFile(let path, let member):
      Diagnostic(
        .error, "\(Self.quoted(member)) in \(path) is no file",
        help: "Name a file, or use a pattern.")
    case .deadLink(let path, let member, let target):
      Diagnostic(
        .error,
        "\(Self.quoted(member)) in \(path) is a link to \(Self.quoted(target)), "
          + "which the archive does not hold",
        help: "Name the file itself, or take it from the package that holds it.")
    case .tooLarge(let path, let member, let limit):
      Diagnostic(
        .error, "\(Self.quoted(member)) in \(path) is larger than \(limit), the most that is taken",
        help: "Check where the archive comes from; name fewer members.")
    case .cannotWrite(let path, let errno):
      Diagnostic(.error, "\(path) cannot be written: \(errno)", help: Self.help(for: errno))
    }
  }

  private static func place(_ member: String?) -> String {
    member.map { ", within \(quoted($0))" } ?? ""
  }

  /// Names come from the archive: what could steer a terminal is shown as an escape.
  private static func quoted(_ name: String) -> String {
    name.unicodeScalars.reduce(into: "'") { text, scalar in
      text +=
        scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value)
        ? scalar.escaped(asASCII: true) : String(scalar)
    } + "'"
  }

  private static func help(for errno: Errno) -> String? {
    switch errno {
    case .noSpace, .diskQuotaExceeded: "Make room there and run again."
    case .permissionDenied, .readOnlyFileSystem: "Choose a folder that you may write to."
    default: nil
    }
  }
}

extension UnsafePath {
  var words: String {
    switch self {
    case .absolute: "an absolute path"
    case .parentFolder: "which climbs out of its folder"
    case .controlCharacter: "with control characters in its name"
    case .throughLink(let link): "which leads through the link '\(link)'"
    }
  }
}

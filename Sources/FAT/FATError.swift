public import Diagnostics
public import Measures

/// A volume that cannot be made, with what is needed to say why.
public enum FATError: Error, Sendable, Hashable {
  case name(path: String, fault: FATNameFault)
  case label(String)
  /// Two entries whose names differ at most in case.
  case twice(path: String, other: String)
  /// A file that another entry uses as its folder.
  case fileAsFolder(path: String)
  case fileTooLarge(path: String, size: ByteCount)
  case folderTooLarge(path: String, entries: Int, limit: Int)
  case size(ByteCount, kind: FATKind)
  /// The content takes `missing` bytes more than the volume has.
  case full(size: ByteCount, missing: ByteCount)
}

/// Why a name cannot stand on a FAT volume.
public enum FATNameFault: Sendable, Hashable {
  case empty
  /// `.` and `..`, which stand in every folder for itself and the one above.
  case dots
  case character(Unicode.Scalar)
  case trailing(Unicode.Scalar)
  /// More than 255 UTF-16 units.
  case tooLong(units: Int)
  case tooDeep(names: Int, limit: Int)
}

extension FATError: DiagnosticConvertible {
  public var diagnostic: Diagnostic {
    switch self {
    case .name(let path, let fault):
      // Reflected, so that control characters are seen and not obeyed.
      Diagnostic(
        .error,
        "FAT cannot hold the path \(String(reflecting: path)): \(fault.words)",
        help: "give the file another name on the card")
    case .label(let label):
      Diagnostic(
        .error,
        "\(String(reflecting: label)) cannot be the label of a FAT volume",
        help: "use at most 11 letters, digits, blanks inside, `-` or `_`")
    case .twice(let path, let other):
      Diagnostic(
        .error,
        path == other
          ? "`\(path)` is listed twice for the FAT volume"
          : "`\(path)` and `\(other)` are the same name on a FAT volume, which ignores case",
        help: "rename or remove one of them")
    case .fileAsFolder(let path):
      Diagnostic(
        .error,
        "`\(path)` is listed as a file, and as the folder of other files",
        help: "rename the file or the folder")
    case .fileTooLarge(let path, let size):
      Diagnostic(
        .error,
        "`\(path)` has \(size), and a file on FAT must stay below 4 GiB",
        help: "compress or split it, or put it on an ext4 partition")
    case .folderTooLarge(let path, let entries, let limit):
      Diagnostic(
        .error,
        "\(path.isEmpty ? "the root folder" : "the folder `\(path)`") takes \(entries) FAT entries,"
          + " and at most \(limit) fit",
        help: "spread the files over more folders; long names take several entries each")
    case .size(let size, let kind):
      Diagnostic(
        .error,
        "a \(kind.title) volume cannot have \(size)",
        help: "\(kind.sizes), or leave the kind out to have it chosen by the size")
    case .full(let size, let missing):
      Diagnostic(
        .error,
        "the files take \(missing) more than the FAT volume of \(size) can hold",
        help: "make the volume \(Self.enough(size, missing)), or leave files out")
    }
  }

  /// A whole number of MiB that holds the missing bytes and the tables that they need.
  private static func enough(_ size: ByteCount, _ missing: ByteCount) -> String {
    let tables = missing.rawValue / 32
    let (sum, overflow) = size.rawValue.addingReportingOverflow(missing.rawValue + tables)
    return overflow ? "larger" : "at least \((sum >> 20) + 1) MiB large"
  }
}

extension FATNameFault {
  var words: String {
    switch self {
    case .empty: "a name in it is empty"
    case .dots: "`.` and `..` are no names"
    case .character(let scalar):
      scalar.value > 0x20 && scalar.value < 0x7F
        ? "the character `\(scalar)` is not allowed in a name"
        : "the character U+\(String(scalar.value, radix: 16, uppercase: true)) is not allowed"
    case .trailing(let scalar):
      scalar == "." ? "a name must not end with a dot" : "a name must not end with a blank"
    case .tooLong(let units): "a name has \(units) UTF-16 units, and 255 are allowed"
    case .tooDeep(let names, let limit): "it has \(names) names, and \(limit) are allowed"
    }
  }
}

extension FATKind {
  fileprivate var sizes: String {
    switch self {
    case .fat12: "FAT12 takes 32 KiB to 127 MiB"
    case .fat16: "FAT16 takes 3 MiB to 2047 MiB"
    case .fat32: "FAT32 takes 33 MiB to just below 2 TiB"
    }
  }
}

public import Diagnostics
public import Measures

/// An entry that an archive cannot hold.
public enum CPIOError: Error, Sendable, Hashable {
  case path(String, fault: CPIOPathFault)
  case twice(path: String)
  /// The kernel makes no folders by itself: it would leave the entry out without a word.
  case noFolder(path: String, folder: String)
  /// 4 GiB or more.
  case tooLarge(path: String, size: ByteCount)
  case permissions(path: String, UInt32)
  /// A link without a target, or with one that holds a zero byte or is too long.
  case target(path: String)
}

/// Why a path cannot stand in an archive.
public enum CPIOPathFault: Sendable, Hashable {
  case empty
  case leadingSlash
  /// Two slashes in a row, or one at the end.
  case emptyName
  /// `.` or `..`.
  case dots
  case zeroByte
  case tooLong(bytes: Int)
  /// The name that marks the archive's end.
  case reserved
}

extension CPIOError: DiagnosticConvertible {
  public var diagnostic: Diagnostic {
    switch self {
    case .path(let path, let fault):
      // Reflected, so that control characters are seen and not obeyed.
      Diagnostic(
        .error,
        "the initramfs cannot hold the path \(String(reflecting: path)): \(fault.words)",
        help: "write the path from the root without a leading slash, as in `etc/inittab`")
    case .twice(let path):
      Diagnostic(.error, "`\(path)` is listed twice for the initramfs", help: "remove one of them")
    case .noFolder(let path, let folder):
      Diagnostic(
        .error,
        "`\(path)` comes before its folder `\(folder)`, and the kernel would leave it out",
        help: "add the folder first")
    case .tooLarge(let path, let size):
      Diagnostic(
        .error,
        "`\(path)` has \(size), and a file of an initramfs must stay below 4 GiB",
        help: "put it on a partition")
    case .permissions(let path, let permissions):
      Diagnostic(
        .error,
        "`\(path)` has the permissions 0\(String(permissions, radix: 8)), more than twelve bits",
        help: "use a value up to 07777, such as 0755")
    case .target(let path):
      Diagnostic(
        .error,
        "the link `\(path)` points to nothing that a path can name",
        help: "give it a target of 1 to 4095 bytes without a zero byte")
    }
  }
}

extension CPIOPathFault {
  var words: String {
    switch self {
    case .empty: "it is empty"
    case .leadingSlash: "it begins with a slash"
    case .emptyName: "a name in it is empty"
    case .dots: "`.` and `..` are no names"
    case .zeroByte: "it holds a zero byte"
    case .tooLong(let bytes): "it has \(bytes) bytes, and the kernel takes 4095"
    case .reserved: "this name marks the end of the archive"
    }
  }
}

public import Diagnostics

/// Why bytes are no FAT volume that can be read.
public enum FATReadError: Error, Sendable, Hashable {
  /// The first sector does not end with 55 AA, or is not there.
  case noSignature
  /// A measure in the boot sector that no volume has.
  case measure(name: String, value: UInt64)
  /// The volume says that it is longer than the partition, by the tables and the root folder alone.
  case tooShort(wanted: UInt64, available: UInt64)
}

extension FATReadError: DiagnosticConvertible {
  public var diagnostic: Diagnostic {
    switch self {
    case .noSignature:
      Diagnostic(.error, "the first sector is no boot sector: it does not end with 55 AA")
    case .measure(let name, let value):
      Diagnostic(.error, "the boot sector gives \(value) for \(name), which no FAT volume has")
    case .tooShort(let wanted, let available):
      Diagnostic(
        .error, "the volume's tables take \(wanted) bytes, and there are only \(available)")
    }
  }
}

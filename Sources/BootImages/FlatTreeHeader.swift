import Bytes
public import Diagnostics
public import Measures

/// The outline of a device tree blob, big endian: enough to know one and to see that it is whole.
/// What is in it, DeviceTree reads.
///
///     0  magic 0xD00DFEED     4  length of the whole
///
/// Source: Devicetree Specification 0.4, section 5.2.
public struct FlatTreeHeader: Sendable, Hashable {
  static let magic: UInt32 = 0xD00D_FEED
  static let headerSize: UInt32 = 40

  /// Length of the blob; the file may go on behind it.
  public let size: ByteCount

  /// Reads the blob that starts at `offset` of `bytes`.
  public init(parsing bytes: RawSpan, at offset: Int = 0) throws(FlatTreeHeaderError) {
    guard Self.isOne(bytes, at: offset) else { throw .notDeviceTree }
    let available = ByteCount(bytes.byteCount - offset)
    guard bytes.holds(Int(Self.headerSize), at: offset),
      let length = try? bytes.bigEndianUInt32(at: offset + 4)
    else { throw .truncated(size: ByteCount(UInt64(Self.headerSize)), available: available) }
    size = ByteCount(UInt64(length))
    guard length >= Self.headerSize else { throw .badSize(size) }
    guard size <= available else { throw .truncated(size: size, available: available) }
  }

  /// Whether the magic number stands at `offset`.
  static func isOne(_ bytes: RawSpan, at offset: Int = 0) -> Bool {
    (try? bytes.bigEndianUInt32(at: offset)) == magic
  }
}

/// Why some bytes are no whole device tree blob.
public enum FlatTreeHeaderError: Error, Sendable, Hashable {
  case notDeviceTree
  case truncated(size: ByteCount, available: ByteCount)
  /// The stated length is shorter than the header.
  case badSize(ByteCount)
}

extension FlatTreeHeaderError: DiagnosticConvertible {
  public var diagnostic: Diagnostic {
    let again = "fetch the file again, or compile it again with dtc"
    switch self {
    case .notDeviceTree:
      return Diagnostic(.error, "there is no device tree: the magic number 0xd00dfeed is missing")
    case .truncated(let size, let available):
      return Diagnostic(
        .error,
        "the device tree is \(size.rawValue) bytes long, but only \(available.rawValue) are there",
        help: again)
    case .badSize(let size):
      return Diagnostic(
        .error,
        "the device tree's header says it is \(size.rawValue) bytes long, less than the header"
          + " itself", help: again)
    }
  }
}

import Bytes
public import Diagnostics
public import Measures

/// The header and trailer of a gzip file (little endian), without unpacking it.
///
///     0  1F 8B   2  method 8   3  flags   4  time   8  extra flags   9  system
///     10 extra field, name, comment, header check: each only where its flag is set
///     …  compressed data   -8  CRC-32   -4  length before compression, mod 2^32
///
/// Source: RFC 1952.
public struct GzipFile: Sendable, Hashable {
  /// Seconds since 1970 when the original was last changed; 0 where that is not said.
  public let time: UInt32
  /// The original's name, where it is said.
  public let name: String?
  /// Offset of the compressed data.
  public let dataOffset: Int
  /// CRC-32 of the original.
  public let checksum: UInt32
  /// Length of the original. It has lost its multiples of 4 GiB, and tells only of the last
  /// member in a file of several.
  public let originalSize: ByteCount

  /// Reads the whole file.
  public init(parsing bytes: RawSpan) throws(GzipError) {
    guard bytes.matches("\u{1F}", at: 0), (try? bytes.byte(at: 1)) == 0x8B else { throw .notGzip }
    do {
      let method = try bytes.byte(at: 2)
      guard method == 8 else { throw GzipError.unknownMethod(method) }
      let flags = try bytes.byte(at: 3)
      time = try bytes.littleEndianUInt32(at: 4)

      var offset = 10
      if flags & 0x04 != 0 { offset += 2 + Int(try bytes.littleEndianUInt16(at: offset)) }
      var name: [UInt8] = []
      if flags & 0x08 != 0 { name = try Self.text(in: bytes, at: &offset) }
      if flags & 0x10 != 0 { _ = try Self.text(in: bytes, at: &offset) }
      if flags & 0x02 != 0 { offset += 2 }
      self.name = name.isEmpty ? nil : String(decoding: name, as: UTF8.self)
      dataOffset = offset

      let trailer = bytes.byteCount - 8
      guard trailer >= offset else { throw GzipError.truncated(ByteCount(bytes.byteCount)) }
      checksum = try bytes.littleEndianUInt32(at: trailer)
      originalSize = ByteCount(UInt64(try bytes.littleEndianUInt32(at: trailer + 4)))
    } catch let error as GzipError {
      throw error
    } catch {
      throw .truncated(ByteCount(bytes.byteCount))
    }
  }

  /// The bytes up to a NUL; `offset` moves behind it.
  private static func text(
    in bytes: RawSpan, at offset: inout Int
  ) throws(OutOfBounds) -> [UInt8] {
    var text: [UInt8] = []
    while true {
      let byte = try bytes.byte(at: offset)
      offset += 1
      if byte == 0 { return text }
      text.append(byte)
    }
  }
}

/// Why some bytes are no whole gzip file.
public enum GzipError: Error, Sendable, Hashable {
  case notGzip
  case unknownMethod(UInt8)
  /// The file, of this length, ends inside its header or trailer.
  case truncated(ByteCount)
}

extension GzipError: DiagnosticConvertible {
  public var diagnostic: Diagnostic {
    switch self {
    case .notGzip:
      Diagnostic(.error, "there is no gzip file: it does not start with 1F 8B")
    case .unknownMethod(let method):
      Diagnostic(
        .error, "the gzip file is packed by method \(method), where only 8 (deflate) is known",
        help: "pack the original again with gzip")
    case .truncated(let size):
      Diagnostic(
        .error, "the gzip file is cut short, after \(size)", help: "fetch the file again")
    }
  }
}

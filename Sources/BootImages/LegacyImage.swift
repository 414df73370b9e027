import Bytes
public import Measures

/// A file with U-Boot's legacy header ("uImage"), big endian.
///
///      0  magic 0x27051956     4  CRC of these 64 bytes with this field 0
///      8  time                12  payload size
///     16  load address        20  entry point        24  CRC of the payload
///     28  system, architecture, type, compression: a byte each
///     32  name, 32 bytes, filled up with NUL
///     64  payload
///
/// Source: U-Boot `include/image.h`.
public struct LegacyImage: Sendable, Hashable {
  static let magic: UInt32 = 0x2705_1956
  /// Length of the header in bytes.
  public static let headerSize = 64
  /// How many bytes of UTF-8 a name may have.
  public static let nameLimit = 32

  /// Seconds since 1970.
  public let time: UInt32
  public let load: Address
  public let entry: Address
  public let operatingSystem: OperatingSystem
  public let architecture: Architecture
  public let kind: Kind
  public let compression: Compression
  public let name: String
  /// Where the payload lies in the bytes that were parsed.
  public let payload: Range<Int>

  /// Reads the image that starts at `offset` of `bytes` and checks both its sums, unless somebody
  /// else does. Bytes may follow it.
  public init(
    parsing bytes: RawSpan, at offset: Int = 0, checkingSums: Bool = true
  ) throws(LegacyImageError) {
    guard Self.isOne(bytes, at: offset) else { throw .notLegacyImage }
    guard bytes.holds(Self.headerSize, at: offset) else {
      throw .truncated(
        wanted: ByteCount(Self.headerSize), available: ByteCount(bytes.byteCount - offset))
    }
    let header = bytes.extracting(offset..<offset + Self.headerSize)
    do {
      let size = try header.bigEndianUInt32(at: 12)
      let start = offset + Self.headerSize
      payload = try Self.payload(of: size, at: start, in: bytes)
      if checkingSums { try Self.check(header, payload: bytes.extracting(payload)) }
      time = try header.bigEndianUInt32(at: 8)
      load = Address(UInt64(try header.bigEndianUInt32(at: 16)))
      entry = Address(UInt64(try header.bigEndianUInt32(at: 20)))
      operatingSystem = OperatingSystem(rawValue: try header.byte(at: 28))
      architecture = Architecture(rawValue: try header.byte(at: 29))
      kind = Kind(rawValue: try header.byte(at: 30))
      compression = Compression(rawValue: try header.byte(at: 31))
      name = String(
        decoding: header.bytes(in: 32..<64).prefix { $0 != 0 }, as: UTF8.self)
    } catch let error as LegacyImageError {
      throw error
    } catch {
      throw .truncated(wanted: ByteCount(Self.headerSize), available: ByteCount(bytes.byteCount))
    }
  }

  /// Length of header and payload.
  public var size: ByteCount { ByteCount(Self.headerSize + payload.count) }

  /// Whether the magic number stands at `offset`.
  static func isOne(_ bytes: RawSpan, at offset: Int = 0) -> Bool {
    (try? bytes.bigEndianUInt32(at: offset)) == magic
  }

  private static func payload(
    of size: UInt32, at start: Int, in bytes: RawSpan
  ) throws(LegacyImageError) -> Range<Int> {
    guard bytes.holds(Int(size), at: start) else {
      throw .truncated(
        wanted: ByteCount(UInt64(size) + UInt64(headerSize)),
        available: ByteCount(bytes.byteCount - start + headerSize))
    }
    return start..<start + Int(size)
  }

  /// Checks the header's sum first: where that is wrong, no other field can be believed.
  private static func check(_ header: RawSpan, payload: RawSpan) throws {
    var crc = CRC32()
    crc.update(header.extracting(0..<4))
    let zeroes: [UInt8] = [0, 0, 0, 0]
    crc.update(zeroes.span.bytes)
    crc.update(header.extracting(8..<headerSize))
    let headerSum = try header.bigEndianUInt32(at: 4)
    guard crc.value == headerSum else {
      throw LegacyImageError.badHeaderChecksum(stored: headerSum, computed: crc.value)
    }
    let computed = CRC32.checksum(payload)
    let payloadSum = try header.bigEndianUInt32(at: 24)
    guard computed == payloadSum else {
      throw LegacyImageError.badPayloadChecksum(stored: payloadSum, computed: computed)
    }
  }
}

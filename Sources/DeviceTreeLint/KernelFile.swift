import BootImages
import Bytes
import Measures

/// What Xen makes of a kernel's file, by its first bytes.
///
/// Source: Xen `xen/arch/arm/kernel.c` and `xen/common/device-tree/kernel.c`.
enum KernelFile {
  case zImage(start: UInt32, end: UInt32)
  /// A 64-bit kernel.
  case image64
  case uImage(LegacyHeader)
  case gzip
  /// A program, which Xen started until 4.11.
  case elf
  case other(ImageKind)

  /// The fields of a legacy header that Xen looks at; it checks no sums.
  struct LegacyHeader {
    let size: UInt32
    let load: UInt32
    let entry: UInt32
    /// 0 for none, 1 for gzip.
    let compression: UInt8
  }

  init(_ file: LoadedFile) {
    let bytes = file.bytes.span.bytes
    if let zImage = Self.zImage(bytes) {
      self = zImage
    } else if let header = Self.legacyHeader(bytes) {
      self = .uImage(header)
    } else if Self.isGzip(file) {
      self = .gzip
    } else if Self.isImage64(bytes) {
      self = .image64
    } else {
      let kind = ImageKind.recognise(bytes)
      if case .elf = kind { self = .elf } else { self = .other(kind) }
    }
  }

  static func isGzip(_ file: LoadedFile) -> Bool { file.bytes.starts(with: [0x1F, 0x8B]) }

  private static func zImage(_ bytes: RawSpan) -> KernelFile? {
    guard (try? bytes.littleEndianUInt32(at: 0x24)) == 0x016F_2818,
      let start = try? bytes.littleEndianUInt32(at: 0x28),
      let end = try? bytes.littleEndianUInt32(at: 0x2C)
    else { return nil }
    return .zImage(start: start, end: end)
  }

  /// By its magic number, or by the branch that the first of them began with.
  private static func isImage64(_ bytes: RawSpan) -> Bool {
    ARM64Image.isOne(bytes) || (try? bytes.littleEndianUInt32(at: 0)) == 0x1400_0008
  }

  private static func legacyHeader(_ bytes: RawSpan) -> LegacyHeader? {
    guard (try? bytes.bigEndianUInt32(at: 0)) == 0x2705_1956,
      let size = try? bytes.bigEndianUInt32(at: 12),
      let load = try? bytes.bigEndianUInt32(at: 16),
      let entry = try? bytes.bigEndianUInt32(at: 20),
      let compression = try? bytes.byte(at: 31),
      bytes.byteCount >= LegacyImage.headerSize
    else { return nil }
    return LegacyHeader(size: size, load: load, entry: entry, compression: compression)
  }

  /// How many bytes Xen copies into dom0; nil where only unpacking would tell, or where the file is
  /// no kernel. A module that is not whole is another matter.
  var copiedSize: UInt64? {
    switch self {
    case .zImage(let start, let end): start < end ? UInt64(end) - UInt64(start) : nil
    case .uImage(let header) where header.compression == 0: UInt64(header.size)
    default: nil
    }
  }
}

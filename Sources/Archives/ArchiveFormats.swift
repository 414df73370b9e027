import CLibArchive

/// Which kinds of archive a reader accepts. What is not expected is not even tried, so that a
/// hostile file meets as little code as possible.
public struct ArchiveFormats: OptionSet, Sendable {
  public let rawValue: UInt8
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  public static let tar = ArchiveFormats(rawValue: 1)
  public static let cpio = ArchiveFormats(rawValue: 2)
  public static let ar = ArchiveFormats(rawValue: 4)
  /// Unpacks gzip, bzip2, xz, lzma and zstd around the archive.
  public static let packed = ArchiveFormats(rawValue: 8)

  public static let all: ArchiveFormats = [.tar, .cpio, .ar, .packed]

  func enable(in handle: OpaquePointer) {
    if contains(.tar) { archive_read_support_format_tar(handle) }
    if contains(.cpio) { archive_read_support_format_cpio(handle) }
    if contains(.ar) { archive_read_support_format_ar(handle) }
    if contains(.packed) {
      archive_read_support_filter_gzip(handle)
      archive_read_support_filter_bzip2(handle)
      archive_read_support_filter_xz(handle)
      archive_read_support_filter_lzma(handle)
      archive_read_support_filter_zstd(handle)
    }
  }
}

import Bytes
public import Diagnostics
public import Measures

/// The header of a 32-bit ARM kernel or hypervisor that starts itself (little endian).
///
///     0x00  code: eight no-ops and a branch
///     0x24  magic 0x016F2818
///     0x28  start: load address, 0 where the code runs anywhere
///     0x2C  end
///
/// Source: Linux `Documentation/arch/arm/booting.rst`; U-Boot `arch/arm/lib/zimage.c`.
public struct ZImage: Sendable, Hashable {
  static let magic: UInt32 = 0x016F_2818

  /// The address the image was linked for; 0 for an image that runs anywhere.
  public let start: UInt32
  /// The address after the image, counted like `start`.
  public let end: UInt32
  /// How long the file is.
  public let fileSize: ByteCount

  /// Reads the header at the start of `bytes`, which must be the whole file.
  public init(parsing bytes: RawSpan) throws(ZImageError) {
    guard let magic = try? bytes.littleEndianUInt32(at: 0x24), magic == Self.magic else {
      throw .notZImage
    }
    guard let start = try? bytes.littleEndianUInt32(at: 0x28),
      let end = try? bytes.littleEndianUInt32(at: 0x2C)
    else { throw .cutHeader(ByteCount(bytes.byteCount)) }
    guard start < end else { throw .endBeforeStart(start: start, end: end) }
    self.start = start
    self.end = end
    self.fileSize = ByteCount(bytes.byteCount)
  }

  /// What the header claims: `end - start`.
  public var claimedSize: ByteCount { ByteCount(UInt64(end) - UInt64(start)) }

  /// The memory the image occupies once it is loaded: the larger of the file and what the header
  /// claims, since Xen's claim covers variables (BSS) that the file leaves out, and a Linux file
  /// may carry a tree behind its end.
  public var memorySize: ByteCount { max(claimedSize, fileSize) }

  /// How many bytes the file lacks if it is a Linux kernel, whose header gives the length of the
  /// file; nil where it is whole. It says nothing about Xen, whose claim is larger than its file.
  public var missingFromKernel: ByteCount? {
    fileSize < claimedSize ? ByteCount(claimedSize.rawValue - fileSize.rawValue) : nil
  }
}

/// Why some bytes are no usable zImage.
public enum ZImageError: Error, Sendable, Hashable {
  /// The magic number is not there.
  case notZImage
  /// The file ends inside the header.
  case cutHeader(ByteCount)
  case endBeforeStart(start: UInt32, end: UInt32)
}

extension ZImageError: DiagnosticConvertible {
  public var diagnostic: Diagnostic {
    switch self {
    case .notZImage:
      Diagnostic(
        .error, "there is no 32-bit ARM image (zImage): the magic number at 0x24 is missing",
        help: "give a zImage, as Debian's armmp kernels and xen-hypervisor packages hold")
    case .cutHeader(let size):
      Diagnostic(
        .error, "the zImage ends inside its header, after \(size)",
        help: "fetch or build the file again")
    case .endBeforeStart(let start, let end):
      Diagnostic(
        .error,
        "the zImage header says that it ends at \(Address(UInt64(end))), which is not after its"
          + " start at \(Address(UInt64(start)))",
        help: "fetch or build the file again")
    }
  }
}

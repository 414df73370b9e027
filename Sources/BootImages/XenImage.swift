import Bytes
public import Diagnostics
public import Measures

/// A 32-bit ARM Xen: a zImage that holds the `compatible` value it will give dom0's hypervisor
/// node, two texts in a row: `xen,xen-4.17`, NUL, `xen,xen`, NUL.
///
/// Source: Xen `xen/arch/arm/domain_build.c`, `make_hypervisor_node`.
public struct XenImage: Sendable, Hashable {
  public let zImage: ZImage
  public let version: XenVersion

  /// Reads the whole file of an image.
  public init(parsing bytes: RawSpan) throws(XenImageError) {
    do {
      zImage = try ZImage(parsing: bytes)
    } catch {
      throw .zImage(error)
    }
    guard let version = Self.version(in: bytes) else { throw .notXen }
    self.version = version
  }

  /// The memory Xen occupies once it is loaded.
  public var memorySize: ByteCount { zImage.memorySize }

  /// The version in the image's `compatible` texts, or nil where it has none and is not Xen.
  /// 64-bit images hold the same texts.
  static func version(in bytes: RawSpan) -> XenVersion? {
    var from = 0
    while let found = bytes.firstOffset(of: "xen,xen-", from: from) {
      let number = bytes.printableText(at: found + 8, limit: 16)
      let end = found + 8 + number.utf8.count
      if bytes.matches("\0xen,xen\0", at: end), let version = XenVersion(number) { return version }
      from = found + 8
    }
    return nil
  }
}

/// Why some bytes are no 32-bit ARM Xen.
public enum XenImageError: Error, Sendable, Hashable {
  case zImage(ZImageError)
  /// A zImage, but without Xen's own texts.
  case notXen
}

extension XenImageError: DiagnosticConvertible {
  public var diagnostic: Diagnostic {
    switch self {
    case .zImage(let error): error.diagnostic
    case .notXen:
      Diagnostic(
        .error, "the zImage is not Xen: it does not hold the text xen,xen-VERSION",
        help: "give the file /boot/xen-VERSION-armhf of the package xen-hypervisor-VERSION-armhf")
    }
  }
}

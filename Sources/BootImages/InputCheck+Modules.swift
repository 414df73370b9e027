import Bytes

/// Files that go by as they are, and of which little can be known.
extension InputCheck {
  /// Linux takes archives, packed or not, and images of file systems, which nothing tells from other
  /// bytes. What is plainly something else is refused.
  public static func ramdisk(_ bytes: RawSpan, file: String) throws(InputError) {
    let kind = ImageKind.recognise(bytes)
    switch kind {
    case .cpioArchive, .compressed, .diskImage, .unknown: return
    default: throw .wrongKind(.ramdisk, file: file, kind)
    }
  }

  /// The first word of a FLASK policy (`XSM_MAGIC`, Xen's `xen/include/xsm/xsm.h`), without which
  /// Xen does not load it.
  private static let policyMagic: UInt32 = 0xF97C_FF8C

  public static func policy(_ bytes: RawSpan, file: String) throws(InputError) {
    guard let magic = try? bytes.littleEndianUInt32(at: 0), magic == policyMagic else {
      throw .wrongKind(.policy, file: file, .recognise(bytes))
    }
  }
}

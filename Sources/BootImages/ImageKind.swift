/// What a file is, told from its bytes; for sentences such as "a Xen image is wanted, but this is
/// a 64-bit ARM kernel".
public enum ImageKind: Sendable, Hashable {
  case xen(XenVersion)
  /// A 32-bit ARM kernel.
  case zImage
  case arm64Xen(XenVersion)
  case arm64Image
  case x86Kernel
  /// A legacy U-Boot image of this kind; its sums are not looked at.
  case uImage(LegacyImage.Kind)
  case bootScript
  /// A device tree blob, or a FIT, which is one too.
  case deviceTree
  case deviceTreeSource
  /// An Allwinner SPL, U-Boot behind it or not.
  case spl
  /// U-Boot without an SPL; with its version text.
  case uBoot(UBootVersion)
  case compressed(Compression)
  case cpioArchive
  case tarArchive
  case debianPackage
  /// An ELF file for this machine: `32-bit ARM`.
  case elf(machine: String)
  case peExecutable
  /// A disk with a partition table in its first sector.
  case diskImage
  case text
  case empty
  case unknown

  /// How a file is compressed.
  public enum Compression: String, Sendable, Hashable, CaseIterable {
    case gzip
    case xz
    case zstd
    case bzip2
    case lz4
    case lzma
    case lzop

    /// The command that unpacks such a file.
    public var unpacker: String {
      switch self {
      case .gzip: "gunzip"
      case .xz: "unxz"
      case .zstd: "unzstd"
      case .bzip2: "bunzip2"
      case .lz4: "unlz4"
      case .lzma: "unlzma"
      case .lzop: "lzop -d"
      }
    }
  }
}

extension ImageKind: CustomStringConvertible {
  /// In words, with an article: `a 64-bit ARM kernel (Image)`.
  public var description: String {
    switch self {
    case .xen(let version): "Xen \(version) for 32-bit ARM"
    case .zImage: "a 32-bit ARM kernel (zImage)"
    case .arm64Xen(let version): "Xen \(version) for 64-bit ARM"
    case .arm64Image: "a 64-bit ARM kernel (Image)"
    case .x86Kernel: "an x86 kernel (bzImage)"
    case .uImage(let kind): "\(kind.withArticle) in a U-Boot wrapper (uImage)"
    case .bootScript: "a U-Boot boot script"
    case .deviceTree: "a compiled device tree"
    case .deviceTreeSource: "the source of a device tree"
    case .spl: "an Allwinner bootloader (SPL)"
    case .uBoot(let version): "a plain \(version.description.prefix { $0 != "(" })binary"
    case .compressed(let compression): "a file packed with \(compression)"
    case .cpioArchive: "a cpio archive"
    case .tarArchive: "a tar archive"
    case .debianPackage: "a Debian package"
    case .elf(let machine): "an ELF file for \(machine)"
    case .peExecutable: "a Windows or UEFI program"
    case .diskImage: "a disk image"
    case .text: "a text"
    case .empty: "an empty file"
    case .unknown: "a file of no kind that is known here"
    }
  }
}

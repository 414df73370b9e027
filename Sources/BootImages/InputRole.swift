/// The part a file plays in booting a board.
public enum InputRole: String, Sendable, Hashable, CaseIterable {
  /// `u-boot-sunxi-with-spl.bin`, which goes onto the card.
  case bootloader
  /// `u-boot.bin`, which an emulator starts in place of a boot ROM.
  case firmware
  case xen
  case kernel
  /// A compiled device tree.
  case tree
  /// An initial RAM disk, as Linux takes it.
  case ramdisk
  /// An XSM policy for Xen.
  case policy

  /// The name in sentences, without article.
  public var title: String {
    switch self {
    case .bootloader: "bootloader"
    case .firmware: "firmware"
    case .xen: "Xen image"
    case .kernel: "kernel"
    case .tree: "device tree"
    case .ramdisk: "RAM disk"
    case .policy: "XSM policy"
    }
  }

  /// What is wanted, in words with an article.
  var wanted: String {
    switch self {
    case .bootloader: "u-boot-sunxi-with-spl.bin"
    case .firmware: "a plain U-Boot binary (u-boot.bin) for 32-bit ARM"
    case .xen: "Xen for 32-bit ARM"
    case .kernel: "a 32-bit ARM kernel (zImage)"
    case .tree: "a compiled device tree (.dtb)"
    case .ramdisk: "a cpio archive, packed or not"
    case .policy: "a FLASK policy"
    }
  }
}

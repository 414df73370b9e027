public import Measures

/// A file that the bootloader puts into memory for Xen, told to Xen by a node under `/chosen`.
public struct XenModule: Sendable, Hashable {
  /// What Xen is to take it for.
  public enum Kind: Sendable, Hashable, CaseIterable {
    /// dom0's kernel.
    case kernel
    /// dom0's initial RAM disk.
    case ramdisk
  }

  public let kind: Kind
  public let address: Address
  /// The file's own length: Xen hands a RAM disk on as it is, and reads a compressed kernel's
  /// size from its last bytes.
  public let size: ByteCount

  public init(kind: Kind, address: Address, size: ByteCount) {
    self.kind = kind
    self.address = address
    self.size = size
  }
}

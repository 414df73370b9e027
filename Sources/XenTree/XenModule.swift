public import Measures

/// A file that the bootloader puts into memory for Xen, told to Xen by a node under `/chosen`.
public struct XenModule: Sendable, Hashable {
  /// What Xen is to take it for.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// The kernel of dom0 or of a guest.
    case kernel
    /// The initial RAM disk of dom0 or of a guest.
    case ramdisk = "RAM disk"
    /// Who may do what, for a Xen that is built with XSM.
    case policy = "XSM policy"
    /// The partial tree of the devices that a guest gets.
    case tree = "partial tree"
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

  /// Its node's name.
  var name: String { "module@\(address.digits)" }
}

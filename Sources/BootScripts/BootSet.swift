public import Measures

/// One file that goes to a fixed address.
public struct BootLoad: Sendable, Hashable {
  /// In the words of a sentence: `dom0's kernel`.
  public let name: String
  /// Its path on the partition that the script came from, or below the server's folder.
  public let file: String
  public let address: Address
  /// How many bytes it has to have. The memory map was made for them, so another file is refused.
  public let size: ByteCount

  public init(name: String, file: String, address: Address, size: ByteCount) {
    self.name = name
    self.file = file
    self.address = address
    self.size = size
  }
}

/// Files that belong together and what is started of them. Of several sets the first is taken whose
/// files are all there.
public struct BootSet: Sendable, Hashable {
  public var loads: [BootLoad]
  /// What is entered: Xen, or the kernel.
  public var entry: Address
  /// The initial RAM disk, where U-Boot itself hands it over; nil where Xen's tree names it.
  public var initrd: AddressRange?
  public var tree: Address

  public init(loads: [BootLoad], entry: Address, initrd: AddressRange? = nil, tree: Address) {
    self.loads = loads
    self.entry = entry
    self.initrd = initrd
    self.tree = tree
  }
}

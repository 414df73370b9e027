public import Measures

/// What a version of Xen makes of the RAM that its tree tells it of (Xen `xen/arch/arm/setup.c`,
/// `setup_mm`, and `mm.c`, `setup_frametable_mappings`).
public struct XenMemory: Sendable, Hashable {
  /// The banks that it uses, by address.
  public let banks: [AddressRange]
  /// RAM that it never touches, and why it does not.
  public let unused: [AddressRange]
  /// Its own heap; nil where there is no room for one, and Xen stops.
  public let heap: AddressRange?
  /// What it notes down for each page of RAM; nil where there is no room for it.
  public let frameTable: AddressRange?

  public init(
    banks: [AddressRange], unused: [AddressRange] = [], heap: AddressRange?,
    frameTable: AddressRange?
  ) {
    self.banks = banks
    self.unused = unused
    self.heap = heap
    self.frameTable = frameTable
  }
}

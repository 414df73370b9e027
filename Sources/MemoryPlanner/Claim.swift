public import Measures

/// A range of memory that somebody needs for itself while the board boots.
public struct Claim: Sendable, Hashable {
  /// Who needs it, in the words of a sentence: `the dom0 kernel`, `the tree after U-Boot moved it`.
  public let owner: String
  public let range: AddressRange
  /// Why it is so large or lies there.
  public let reason: String

  public init(owner: String, range: AddressRange, reason: String) {
    self.owner = owner
    self.range = range
    self.reason = reason
  }
}

/// Something that wants to be loaded at a given address.
public struct PlacementRequest: Sendable, Hashable {
  public let owner: String
  public let address: Address
  /// What it takes in memory, which may be more than its file.
  public let size: ByteCount
  /// What the address must be a multiple of.
  public let alignment: UInt64
  public let reason: String
  /// Who gives it this address, in the words of a sentence, where that is not ours to change.
  public let givenBy: String?

  public init(
    owner: String, address: Address, size: ByteCount, alignment: UInt64, reason: String,
    givenBy: String? = nil
  ) {
    self.owner = owner
    self.address = address
    self.size = size
    self.alignment = alignment
    self.reason = reason
    self.givenBy = givenBy
  }
}

public import Diagnostics
public import Measures

/// Something that wants to be loaded, at a given address or anywhere.
public struct PlacementRequest: Sendable, Hashable {
  public let owner: String
  public let kind: Claim.Kind
  /// Nil where any address will do.
  public let address: Address?
  /// What it takes in memory, which may be more than its file.
  public let size: ByteCount
  /// What the address must be a multiple of; 0 is as good as 1.
  public let alignment: UInt64
  public let reason: String
  /// Who gives it its address.
  public let setting: AddressSetting?
  /// The line that gives the address, where a person wrote one.
  public let source: SourceSpan?

  public init(
    owner: String, kind: Claim.Kind = .reserved, address: Address?, size: ByteCount,
    alignment: UInt64, reason: String, setting: AddressSetting? = nil, source: SourceSpan? = nil
  ) {
    self.owner = owner
    self.kind = kind
    self.address = address
    self.size = size
    self.alignment = alignment
    self.reason = reason
    self.setting = setting
    self.source = source
  }
}

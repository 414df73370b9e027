public import Measures

extension MemoryMap.Clash {
  /// Two claims as they lie; nil where they do not meet.
  ///
  /// - Parameters:
  ///   - claim: the one that is to move.
  ///   - memory: the RAM, in banks.
  ///   - claims: all that has to be left alone.
  public init?(
    of claim: Claim, with other: Claim, in memory: [AddressRange], beside claims: [Claim]
  ) {
    guard let range = claim.range.common(with: other.range) else { return nil }
    let gaps = Gaps(in: memory, beside: claims.filter { $0 != claim }.map(\.range))
    self.init(
      claim: claim, other: other, range: range,
      nearest: gaps.nearest(to: claim.range.start, size: claim.range.size, alignment: 1 << 20))
  }
}

public import Measures

/// Who has what, with every clash instead of the first: for a map that is to be shown.
public struct MemorySurvey: Sendable {
  /// The claims that are fixed, then those of the requests with an address, in their order. One that
  /// would leave the 64 bits of an address is not among them.
  public let claims: [Claim]
  /// Each request that cannot have what it wants, in the order of the requests, with the first claim
  /// that is in its way.
  public let faults: [PlacementError]

  /// - Parameters:
  ///   - memory: the RAM, in banks.
  ///   - requests: those without an address are left out.
  public init(memory: [AddressRange], fixed: [Claim], requests: [PlacementRequest]) {
    var claims = fixed
    var faults: [PlacementError] = []
    for (index, request) in requests.enumerated() {
      guard let address = request.address else { continue }
      let range = AddressRange(start: address, size: request.size)
      let claim = range.map { Claim(request, at: $0) }
      let others = requests[..<index] + requests[(index + 1)...]
      let free = Self.nearest(for: request, in: memory, beside: fixed, and: Array(others))
      if let fault = Self.fault(of: request, claim, in: memory, beside: claims, nearest: free) {
        faults.append(fault)
      }
      if let claim { claims.append(claim) }
    }
    self.claims = claims
    self.faults = faults
  }

  private static func fault(
    of request: PlacementRequest, _ claim: Claim?, in memory: [AddressRange],
    beside claims: [Claim], nearest: Address?
  ) -> PlacementError? {
    if let address = request.address, request.alignment != 0,
      address.rawValue % request.alignment != 0
    {
      return .misaligned(request, nearest: nearest)
    }
    guard let claim, memory.contains(where: { $0.contains(claim.range) }) else {
      return .outsideMemory(
        request, memory: memory, nearest: nearest)
    }
    guard let other = claims.first(where: { $0.range.overlaps(claim.range) }) else { return nil }
    return .overlap(moved: claim, fixed: other, nearest: nearest)
  }

  /// Where it would fit beside all that is fixed and all else that is loaded, nearest to what it
  /// asked for; at a whole MiB where there is one.
  private static func nearest(
    for request: PlacementRequest, in memory: [AddressRange], beside fixed: [Claim],
    and others: [PlacementRequest]
  ) -> Address? {
    guard let wanted = request.address, request.setting?.isOurs ?? true else { return nil }
    let taken = others.compactMap { other in
      other.address.flatMap { AddressRange(start: $0, size: other.size) }
    }
    let gaps = Gaps(in: memory, beside: fixed.map(\.range) + taken)
    return [max(request.alignment, 1 << 20), max(request.alignment, 1)].lazy.compactMap {
      gaps.nearest(to: wanted, size: request.size, alignment: $0)
    }.first
  }
}

extension MemorySurvey {
  /// The faults as a map shows them: what of each claim is in somebody's way, or is no memory.
  public var clashes: [MemoryMap.Clash] {
    faults.compactMap { fault in
      switch fault {
      case .overlap(let claim, let other, let nearest):
        MemoryMap.Clash(
          claim: claim, other: other, range: claim.range.common(with: other.range) ?? claim.range,
          nearest: nearest)
      case .outsideMemory(let request, let memory, let nearest):
        Self.clash(of: request, in: memory, nearest: nearest)
      case .misaligned(let request, let nearest):
        Self.clash(of: request, in: [], nearest: nearest, alignment: request.alignment)
      case .tooMany, .impossible, .notFound: nil
      }
    }
  }

  private static func clash(
    of request: PlacementRequest, in memory: [AddressRange], nearest: Address?,
    alignment: UInt64? = nil
  ) -> MemoryMap.Clash? {
    guard let address = request.address,
      // What would leave the 64 bits of an address is drawn as far as they reach.
      let range = AddressRange(start: address, size: request.size)
        ?? AddressRange(start: address, end: Address(UInt64.max))
    else { return nil }
    let outside = alignment == nil ? Gaps(in: [range], beside: memory).ranges.first : range
    return MemoryMap.Clash(
      claim: Claim(request, at: range), other: nil, range: outside ?? range, nearest: nearest,
      alignment: alignment)
  }
}

public import Measures

/// Where everything lies when Xen is entered: no two claims touch, and all lie in RAM.
///
/// ```
///   RAM start                                                   end of the smallest RAM
///   |   Xen    | tree | script |  kernel  | initrd | ... tree' |          U-Boot |
///   |          as asked for                        | moved there by U-Boot       |
/// ```
public struct MemoryPlan: Sendable, Hashable {
  /// The RAM that every variant of the board has.
  public let memory: AddressRange
  /// All claims, by address.
  public let claims: [Claim]

  /// Puts every request at its address, beside the claims that are fixed already, or says which two
  /// cannot both have what they want.
  ///
  /// - Parameters:
  ///   - requests: what is loaded, in the order in which a clash is to be blamed: the later one
  ///     of two is told to move.
  ///   - fixed: what cannot move, such as the bootloader itself and reserved memory. Parts of it
  ///     may lie outside RAM and may overlap each other.
  public init(
    memory: AddressRange, fixed: [Claim], requests: [PlacementRequest]
  ) throws(PlacementError) {
    var claims = fixed
    for request in requests {
      let claim = try Self.claim(for: request, in: memory, beside: claims)
      if let other = claims.first(where: { $0.range.overlaps(claim.range) }) {
        if let giver = request.givenBy { throw .given(claim, by: giver, taken: other) }
        let free = Self.nextFree(for: request, in: memory, beside: claims)
        throw .overlap(moved: claim, fixed: other, nextFree: free)
      }
      claims.append(claim)
    }
    self.memory = memory
    self.claims = claims.sorted { ($0.range.start, $0.owner) < ($1.range.start, $1.owner) }
  }

  /// The range of one request, checked against everything but its neighbours.
  private static func claim(
    for request: PlacementRequest, in memory: AddressRange, beside claims: [Claim]
  ) throws(PlacementError) -> Claim {
    guard request.alignment == 0 || (request.address ?? 0).rawValue % request.alignment == 0 else {
      throw .misaligned(request)
    }
    guard let range = AddressRange(start: request.address ?? memory.start, size: request.size),
      memory.contains(range)
    else {
      let free =
        request.givenBy == nil ? nextFree(for: request, in: memory, beside: claims) : nil
      throw .outsideMemory(request, memory: memory, nextFree: free)
    }
    return Claim(owner: request.owner, range: range, reason: request.reason)
  }

  /// The lowest address from `request.address` on, else from the start of RAM, where the request
  /// fits beside all claims so far.
  private static func nextFree(
    for request: PlacementRequest, in memory: AddressRange, beside claims: [Claim]
  ) -> Address? {
    let alignment = max(request.alignment, 1 << 20)
    let wanted = request.address ?? memory.start
    let starts = [wanted, memory.start] + claims.map(\.range.end)
    let candidates = starts.compactMap { $0.roundedUp(to: alignment) }.sorted()
    let fits = candidates.filter { start in
      guard let range = AddressRange(start: start, size: request.size) else { return false }
      return memory.contains(range) && !claims.contains { $0.range.overlaps(range) }
    }
    return fits.first { $0 >= wanted } ?? fits.first
  }
}

public import Measures

/// Where everything lies when Xen is entered: no two claims touch, and all lie in RAM.
///
/// ```
///   RAM start                                                   end of the smallest RAM
///   |   Xen    | tree | script |  kernel  | initrd | ... tree' |          U-Boot |
///   |          as asked for                        | moved there by U-Boot       |
/// ```
public struct MemoryPlan: Sendable, Hashable {
  /// How many things the search for addresses puts down before it gives up.
  public static let searchLimit = 5_000

  /// The RAM that every variant of the board has.
  public let memory: AddressRange
  /// All claims, by address.
  public let claims: [Claim]

  /// Puts every request at its address, beside the claims that are fixed already, or says which two
  /// cannot both have what they want; then finds a place for each request that has none.
  ///
  /// - Parameters:
  ///   - requests: what is loaded, in the order in which a clash is to be blamed: the later one
  ///     of two is told to move. At most 32 of them may be without an address.
  ///   - fixed: what cannot move, such as the bootloader itself and reserved memory. Parts of it
  ///     may lie outside RAM and may overlap each other.
  ///   - limit: on the work of the search.
  public init(
    memory: AddressRange, fixed: [Claim], requests: [PlacementRequest],
    limit: Int = Self.searchLimit
  ) throws(PlacementError) {
    let survey = MemorySurvey(memory: [memory], fixed: fixed, requests: requests)
    if let fault = survey.faults.first { throw fault }
    let placed = try Self.placed(
      requests.filter { $0.address == nil }, in: memory, beside: survey.claims, limit: limit)
    self.memory = memory
    self.claims = (survey.claims + placed)
      .sorted { ($0.range.start, $0.owner) < ($1.range.start, $1.owner) }
  }

  /// The address that something has got.
  public func address(of owner: String) -> Address? {
    claims.first { $0.owner == owner }?.range.start
  }

  private static func placed(
    _ requests: [PlacementRequest], in memory: AddressRange, beside claims: [Claim], limit: Int
  ) throws(PlacementError) -> [Claim] {
    guard requests.count <= PlacementSearch.mostItems else {
      throw .tooMany(requests.count, limit: PlacementSearch.mostItems)
    }
    let gaps = Gaps(in: [memory], beside: claims.map(\.range)).ranges
    let items = requests.map {
      PlacementSearch.Item(size: $0.size.rawValue, alignment: max(1, $0.alignment))
    }
    switch PlacementSearch.outcome(of: items, in: gaps, limit: limit) {
    case .found(let places):
      return zip(requests, places).compactMap { request, start in
        AddressRange(start: start, size: request.size).map { Claim(request, at: $0) }
      }
    case .impossible: throw .impossible(requests, gaps: gaps)
    case .notFound(let limit): throw .notFound(requests, within: limit)
    }
  }
}

extension Claim {
  /// What a request claims once it has its place.
  init(_ request: PlacementRequest, at range: AddressRange) {
    self.init(
      owner: request.owner, range: range, reason: request.reason, kind: request.kind,
      source: request.source, setting: request.setting)
  }
}

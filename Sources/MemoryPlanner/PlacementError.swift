public import Diagnostics
public import Measures

/// A memory map that would fail, most likely in silence, on the board.
public enum PlacementError: Error, Sendable, Hashable {
  /// Two claims want the same memory. `nearest` is an address that suits the first, if any does and it
  /// may be moved: the one that is nearest to what it asked for.
  case overlap(moved: Claim, fixed: Claim, nearest: Address?)
  /// It does not lie, or not whole, within one bank of the RAM that every variant of the board has.
  case outsideMemory(PlacementRequest, memory: [AddressRange], nearest: Address?)
  case misaligned(PlacementRequest, nearest: Address?)
  /// More things without an address than the search takes.
  case tooMany(Int, limit: Int)
  /// There is no way to put all of these into the gaps: every one was tried.
  case impossible([PlacementRequest], gaps: [AddressRange])
  /// No way to put all of these was found before so many steps were done. There may be one.
  case notFound([PlacementRequest], within: Int)
}

extension PlacementError: DiagnosticConvertible {
  public var diagnostic: Diagnostic {
    switch self {
    case .overlap(let moved, let fixed, let nearest):
      Diagnostic(
        .error, "\(moved.owner) overlaps \(fixed.owner) in memory",
        at: moved.source ?? fixed.source, notes: [moved, fixed].map(Self.place(of:)),
        help: AddressSetting.advice(
          moved.setting, for: moved.owner, size: moved.range.size, nearest: nearest))
    case .outsideMemory(let request, let memory, let nearest):
      Diagnostic(
        .error,
        "\(request.owner) does not fit into the board's memory at \(Self.address(of: request))",
        at: request.source,
        notes: ["\(request.owner) takes \(request.size): \(request.reason)"]
          + memory.map { "the board's smallest variant has RAM at \($0) (\($0.size))" },
        help: Self.advice(for: request, nearest: nearest))
    case .misaligned(let request, let nearest):
      Diagnostic(
        .error,
        "\(request.owner) cannot be loaded at \(Self.address(of: request)): the address must be a "
          + "multiple of \(Address(request.alignment))",
        at: request.source, help: Self.advice(for: request, nearest: nearest))
    case .tooMany(let count, let limit):
      Diagnostic(
        .error, "\(count) files are to be placed in memory, but at most \(limit) can be",
        help: "give some of them an address in place of `auto` in the project file")
    case .impossible(let requests, let gaps):
      Diagnostic(
        .error, "the gaps in the board's memory do not hold \(Self.list(requests))",
        at: requests.lazy.compactMap(\.source).first,
        notes: requests.map(Self.wish(of:)) + gaps.map { "free: \($0) (\($0.size))" },
        help: "use smaller files, or move what lies between the gaps")
    case .notFound(let requests, let limit):
      Diagnostic(
        .error, "no place for \(Self.list(requests)) was found within \(limit) steps",
        at: requests.lazy.compactMap(\.source).first,
        notes: requests.map(Self.wish(of:)) + ["there may be one: not every way was tried"],
        help: "give the largest of them an address"
          + (requests.max { $0.size < $1.size }?.setting.map { ": \($0.words("ADDRESS"))" } ?? ""))
    }
  }

  static func place(of claim: Claim) -> String {
    let line = claim.source.map { " (\($0))" } ?? ""
    return "\(claim.owner): \(claim.range) (\(claim.range.size)), \(claim.reason)\(line)"
  }

  private static func wish(of request: PlacementRequest) -> String {
    "\(request.owner) takes \(request.size) at a multiple of \(Address(request.alignment)): "
      + request.reason
  }

  private static func list(_ requests: [PlacementRequest]) -> String {
    let names = requests.map(\.owner)
    guard let last = names.last, names.count > 1 else { return names.first ?? "nothing" }
    return names.dropLast().joined(separator: ", ") + " and " + last
  }

  private static func address(of request: PlacementRequest) -> String {
    request.address.map(\.description) ?? "any address"
  }

  private static func advice(for request: PlacementRequest, nearest: Address?) -> String {
    AddressSetting.advice(
      request.setting, for: request.owner, size: request.size, nearest: nearest)
  }
}

public import Diagnostics
public import Measures

/// A memory map that would fail, most likely in silence, on the board.
public enum PlacementError: Error, Sendable, Hashable {
  /// Two claims want the same memory. `nearest` is an address that suits the first, if any does: the
  /// one that is nearest to what it asked for.
  case overlap(moved: Claim, fixed: Claim, nearest: Address?)
  /// As `overlap`, but somebody else decides where the first lies.
  case given(Claim, by: String, taken: Claim)
  /// It does not lie, or not whole, within one bank of the RAM that every variant of the board has.
  case outsideMemory(PlacementRequest, memory: [AddressRange], nearest: Address?)
  case misaligned(PlacementRequest)
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
        help: Self.advice(nearest, for: moved.owner, size: moved.range.size))
    case .given(let claim, let giver, let other):
      Diagnostic(
        .error, "\(claim.owner) overlaps \(other.owner) in memory",
        at: claim.source ?? other.source, notes: [claim, other].map(Self.place(of:)),
        help: Self.correction(of: giver) + ", else use another bootloader")
    case .outsideMemory(let request, let memory, let nearest):
      Diagnostic(
        .error,
        "\(request.owner) does not fit into the board's memory at \(Self.address(of: request))",
        at: request.source,
        notes: ["\(request.owner) takes \(request.size): \(request.reason)"]
          + memory.map { "the board's smallest variant has RAM at \($0) (\($0.size))" },
        help: request.givenBy.map(Self.correction(of:))
          ?? Self.advice(nearest, for: request.owner, size: request.size))
    case .misaligned(let request):
      Diagnostic(
        .error,
        "\(request.owner) cannot be loaded at \(Self.address(of: request)): the address must be a "
          + "multiple of \(Address(request.alignment))",
        at: request.source,
        help:
          "give it an address that is one by the `load` section of a copy of the SoC's file in Boards/soc beside the project"
      )
    case .tooMany(let count, let limit):
      Diagnostic(
        .error, "\(count) files are to be placed in memory, but at most \(limit) can be",
        help:
          "give some of them an address by the `load` section of a copy of the SoC's file in Boards/soc beside the project"
      )
    case .impossible(let requests, let gaps):
      Diagnostic(
        .error, "the gaps in the board's memory do not hold \(Self.list(requests))",
        notes: requests.map(Self.wish(of:)) + gaps.map { "free: \($0) (\($0.size))" },
        help: "use smaller files, or move what lies between the gaps")
    case .notFound(let requests, let limit):
      Diagnostic(
        .error, "no place for \(Self.list(requests)) was found within \(limit) steps",
        notes: requests.map(Self.wish(of:)) + ["there may be one: not every way was tried"],
        help:
          "give the largest of them an address by the `load` section of a copy of the SoC's file in Boards/soc beside the project"
      )
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

  private static func correction(of giver: String) -> String {
    "it is put there by \(giver): correct the `load` section of the SoC's file if it says otherwise"
  }

  private static func advice(_ nearest: Address?, for owner: String, size: ByteCount) -> String {
    guard let nearest else {
      return "use a smaller file: no gap of \(size) is left for \(owner)"
    }
    return "use a smaller file, or load \(owner) at \(nearest), the nearest address where it fits, "
      + "by the `load` section of a copy of the SoC's file in Boards/soc beside the project"
  }
}

public import Diagnostics
public import Measures

/// A memory map that would fail, most likely in silence, on the board.
public enum PlacementError: Error, Sendable, Hashable {
  /// Two claims want the same memory. `nextFree` is an address that suits the first, if any does.
  case overlap(moved: Claim, fixed: Claim, nextFree: Address?)
  /// As `overlap`, but somebody else decides where the first lies.
  case given(Claim, by: String, taken: Claim)
  /// It does not lie, or not whole, within the RAM that every variant of the board has.
  case outsideMemory(PlacementRequest, memory: AddressRange, nextFree: Address?)
  case misaligned(PlacementRequest)
}

extension PlacementError: DiagnosticConvertible {
  public var diagnostic: Diagnostic {
    switch self {
    case .overlap(let moved, let fixed, let nextFree):
      Diagnostic(
        .error, "\(moved.owner) overlaps \(fixed.owner) in memory",
        notes: [moved, fixed].map(Self.place(of:)),
        help: Self.advice(nextFree, for: moved.owner, size: moved.range.size))
    case .given(let claim, let giver, let other):
      Diagnostic(
        .error, "\(claim.owner) overlaps \(other.owner) in memory",
        notes: [claim, other].map(Self.place(of:)),
        help: Self.correction(of: giver) + ", else use another bootloader")
    case .outsideMemory(let request, let memory, let nextFree):
      Diagnostic(
        .error,
        "\(request.owner) does not fit into the board's memory at \(Self.place(of: request))",
        notes: [
          "\(request.owner) takes \(request.size): \(request.reason)",
          "the board's smallest variant has RAM at \(memory) (\(memory.size))",
        ],
        help: request.givenBy.map(Self.correction(of:))
          ?? Self.advice(nextFree, for: request.owner, size: request.size))
    case .misaligned(let request):
      Diagnostic(
        .error,
        "\(request.owner) cannot be loaded at \(Self.place(of: request)): the address must be a multiple "
          + "of \(Address(request.alignment))",
        help: "give it an address that is one in the `load` section of the SoC's file")
    }
  }

  private static func place(of claim: Claim) -> String {
    "\(claim.owner): \(claim.range) (\(claim.range.size)), \(claim.reason)"
  }

  private static func place(of request: PlacementRequest) -> String {
    request.address.map(\.description) ?? "any address"
  }

  private static func correction(of giver: String) -> String {
    "it is put there by \(giver): correct the `load` section of the SoC's file if it says otherwise"
  }

  private static func advice(_ free: Address?, for owner: String, size: ByteCount) -> String {
    guard let free else { return "use a smaller file: no gap of \(size) is left for \(owner)" }
    return "use a smaller file, or load \(owner) at \(free), where it would fit, by the `load` "
      + "section of a copy of the SoC's file in a folder Boards/soc beside the project file"
  }
}

public import Diagnostics
import Measures

extension MemoryMap.Clash {
  /// The clash as an error: both owners, where each lies, and where the one would fit that is to move.
  public var diagnostic: Diagnostic {
    Diagnostic(
      .error, message, at: claim.source ?? other?.source,
      notes: [claim, other].compactMap { $0.map(PlacementError.place(of:)) }, help: help)
  }

  /// What is the matter, in one sentence without a full stop: `the initrd overlaps the dom0 kernel in
  /// memory`.
  public var message: String {
    if let other { return "\(claim.owner) overlaps \(other.owner) in memory" }
    guard let alignment else {
      return "\(claim.owner) does not fit into the board's memory at \(claim.range.start)"
    }
    return
      "\(claim.owner) cannot be loaded at \(claim.range.start): the address must be a multiple of"
      + " \(Address(alignment))"
  }

  private var help: String {
    if let other, other.stage == .linux, nearest == nil {
      return "load the kernel into another 128 MiB, to whose start it unpacks: "
        + AddressSetting.load("kernel").words("ADDRESS")
    }
    return AddressSetting.advice(
      claim.setting, for: claim.owner, size: claim.range.size, nearest: nearest)
  }
}

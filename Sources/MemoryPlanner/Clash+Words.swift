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
    other.map { "\(claim.owner) overlaps \($0.owner) in memory" }
      ?? "\(claim.owner) does not fit into the board's memory at \(claim.range.start)"
  }

  private var help: String {
    nearest.map { "load \(claim.owner) at \($0), the nearest address where it fits" }
      ?? "no gap of \(claim.range.size) is left for \(claim.owner): use a smaller file"
  }
}

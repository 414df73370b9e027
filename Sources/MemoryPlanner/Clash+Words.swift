public import Diagnostics
import Measures

extension MemoryMap.Clash {
  /// The clash as an error: both owners, where each lies, and where the one would fit that is to move.
  public var diagnostic: Diagnostic {
    Diagnostic(
      .error, message, at: claim.source ?? other?.source,
      notes: [claim, other].compactMap { $0.map(PlacementError.place(of:)) }
        + (leftOutBelow == nil
          ? [] : ["for Linux, RAM begins at the multiple of 128 MiB at or below its kernel"]),
      help: help)
  }

  /// What is the matter, in one sentence without a full stop: `the initrd overlaps the dom0 kernel in
  /// memory`.
  public var message: String {
    if let other, let leftOutBelow {
      let (kernel, initrd) = claim.kind == .initrd ? (other, claim) : (claim, other)
      return "\(kernel.owner) leaves out all RAM below \(leftOutBelow), and with it"
        + " \(initrd.owner)"
    }
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
    if leftOutBelow != nil, claim.kind == .kernel, claim.setting?.isOurs ?? true {
      return "load \(claim.owner) into the first 128 MiB of RAM"
        + (nearest.map { place in
          ", as at \(place)"
            + (claim.setting.map { ": \($0.words(place.description)), or `auto`" } ?? "")
        } ?? ", where no gap of \(claim.range.size) is left now")
    }
    return AddressSetting.advice(
      claim.setting, for: claim.owner, size: claim.range.size, nearest: nearest)
  }
}

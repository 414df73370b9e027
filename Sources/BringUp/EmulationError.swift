public import BootLog
public import Diagnostics

/// Why a project cannot be booted in an emulator as it was asked for.
public enum EmulationError: Error, Sendable, Hashable {
  /// The machine is given its bootloader as firmware, and so has no SPL.
  case noSuchMilestone(Milestone, machine: String)
  /// The project's flow does not pass it.
  case notInFlow(Milestone, flow: String)
  /// No machine of QEMU's runs the U-Boot of 2013, and a sister's does not read uEnv.txt.
  case onlyOnTheBoard
}

extension EmulationError: DiagnosticConvertible {
  public var diagnostic: Diagnostic {
    switch self {
    case .noSuchMilestone(let milestone, let machine):
      Diagnostic(
        .error, "\(machine) starts without \(milestone.title), so that milestone cannot come",
        help: "wait for another one, or use a machine that boots from its card")
    case .notInFlow(let milestone, let flow):
      Diagnostic(
        .error, "a boot in the flow `\(flow)` does not pass the milestone \(milestone.title)",
        help: "wait for another one, or leave --until out")
    case .onlyOnTheBoard:
      Diagnostic(
        .error,
        "the flow `legacy` cannot be emulated: no emulator has a board that runs the U-Boot of 2013",
        help: "emulate the flow `linux`; `ctboot script compose` shows what the board would run")
    }
  }
}

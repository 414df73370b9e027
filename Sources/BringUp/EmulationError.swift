public import BootLog
public import Diagnostics

/// Why a project cannot be booted in an emulator as it was asked for.
public enum EmulationError: Error, Sendable, Hashable {
  /// The machine is given its bootloader as firmware, and so has no SPL.
  case noSuchMilestone(Milestone, machine: String)
}

extension EmulationError: DiagnosticConvertible {
  public var diagnostic: Diagnostic {
    switch self {
    case .noSuchMilestone(let milestone, let machine):
      Diagnostic(
        .error, "\(machine) starts without \(milestone.title), so that milestone cannot come",
        help: "wait for another one, or use a machine that boots from its card")
    }
  }
}

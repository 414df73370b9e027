public import BootLog
public import Diagnostics

/// How a process ended.
public enum ExitStatus: Sendable, Hashable {
  case exited(Int32)
  case signalled(Int32)
}

extension ExitStatus: CustomStringConvertible {
  public var description: String {
    switch self {
    case .exited(let code): "exit status \(code)"
    case .signalled(let signal): "signal \(signal)"
    }
  }
}

/// What an emulated boot came to.
public struct BootResult: Sendable, Hashable {
  /// Why the boot was over.
  public enum Ending: Sendable, Hashable {
    /// The milestone that was waited for came.
    case reached
    /// The boot script gave up, and said why.
    case scriptStopped(String)
    case timedOut(after: Duration)
    /// QEMU ended by itself: the machine was switched off or reset, or QEMU failed.
    case machineStopped(ExitStatus)
    /// The user left the serial line.
    case left
  }

  public let ending: Ending
  /// What was reached, in order, with the time since QEMU's start.
  public let milestones: [MilestoneReached]
  /// The first of the expected milestones that never came.
  public let missing: Milestone?
  /// The last lines of the serial line, fit for a terminal.
  public let lastLines: [String]
  /// The last lines that QEMU itself wrote to its standard error.
  public let messages: [String]
}

extension BootResult {
  /// What to tell the user when the boot did not come as far as it should; nil when it did.
  public var diagnostic: Diagnostic? {
    let wanted = missing?.title
    var severity = Severity.error
    let message: String
    switch ending {
    case .left: return nil
    case .reached:
      guard let wanted else { return nil }
      // What was asked for did come.
      severity = .warning
      message = "the boot went on without the milestone \(wanted)"
    case .scriptStopped(let reason):
      message = "the boot script gave up: \(reason)"
    case .timedOut(let duration):
      message = "the boot did not reach \(wanted ?? "its end") within \(duration)"
    case .machineStopped(let status):
      message = "the machine stopped (\(status))" + (wanted.map { " before \($0)" } ?? "")
    }
    return Diagnostic(severity, message, notes: notes, help: help)
  }

  private var help: String {
    milestones.isEmpty && lastLines.isEmpty
      ? "the serial line is silent: check that the image holds a bootloader for this machine"
      : "look at the last lines above; `--log FILE` keeps all of them"
  }

  private var notes: [String] {
    let last = milestones.last.map { ["the last milestone was \($0.milestone.title)"] } ?? []
    return last + lastLines.suffix(8).map { "serial: \($0)" } + messages.map { "QEMU: \($0)" }
  }
}

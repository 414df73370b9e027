import ArgumentParser
import BringUp
import Diagnostics
import Dispatch
import Foundation

/// The command `ctboot`.
@main
struct Ctboot: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ctboot",
    abstract: "From the parts in a folder to a dom0 prompt: bring-up of ARM boards with Xen.",
    discussion: """
      Exit status: 0 done; 1 a check failed or something was found; 2 it could not be done; \
      64 wrong usage; 130 interrupted.
      """,
    version: Version.current,
    subcommands: [
      InitCommand.self, BoardsCommand.self, BuildCommand.self, PlanCommand.self,
      RehearseCommand.self, InspectCommand.self, DiffCommand.self,
      EmulateCommand.self,
      LintCommand.self, RulesCommand.self, ExplainCommand.self, TreeCommand.self,
      ScriptCommand.self,
      DoctorCommand.self,
    ])

  /// Runs the command line, and turns what stops it into a sentence and an exit status. On the main
  /// thread, so that no other has taken memory yet.
  @MainActor static func main() async {
    Allocation.takesMuchAtOnce()
    // A reader of our output that has ended shows as a failed write.
    signal(SIGPIPE, SIG_IGN)
    let terminal = Terminal.standard
    let words = Array(CommandLine.arguments.dropFirst())
    do {
      if words == ["--version"] {
        terminal.output(Version.current + "\n")
      } else if let lint = LintArguments(plain: words) {
        if lint.onlyReads {
          try await lint.run()
        } else {
          try await Interruption.cancelling { try await lint.run() }
        }
      } else {
        try await Interruption.cancelling { try await runCommand() }
      }
      if let lost = LostOutput.diagnostic {
        terminal.show(lost)
        leave(2)
      }
    } catch _ where LostOutput.reason != nil {
      if let lost = LostOutput.diagnostic { terminal.show(lost) }
      leave(2)
    } catch let error as any DiagnosticConvertible {
      terminal.show(error.diagnostic)
      leave(error.isVerdict ? 1 : 2)
    } catch is CancellationError {
      terminal.show(Diagnostic(.error, "interrupted"))
      leave(130)
    } catch let status as ExitCode {
      leave(status.rawValue)
    } catch {
      exit(withError: error)
    }
  }

  private static func runCommand() async throws {
    var command = try parseAsRoot()
    if var command = command as? any AsyncParsableCommand {
      try await command.run()
    } else {
      try command.run()
    }
  }

  /// ArgumentParser would make up its help first.
  private static func leave(_ status: CInt) -> Never { Foundation.exit(status) }
}

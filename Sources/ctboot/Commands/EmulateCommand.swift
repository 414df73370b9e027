public import ArgumentParser
public import BootLog
import BringUp
import Diagnostics
import Emulator
import Foundation
import Reports
import SystemPackage

struct EmulateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "emulate",
    abstract: "Boot the project in an emulator, and tell how far it came.",
    discussion: """
      A board that QEMU cannot emulate is stood in for by a sister with the same boot chain. Each \
      milestone is read from this run's serial line; the prompt counts when the shell has \
      computed an answer. Exit status 1 when the milestone asked for did not come.
      """)

  @OptionGroup var options: ProjectOptions

  @Option(
    help: ArgumentHelp(
      "Use this machine: a board with an emulator, or `virt`.", valueName: "name"))
  var machine: String?

  @Option(
    help: ArgumentHelp(
      "Stop at this milestone, not at the last one of the flow.", valueName: "milestone"))
  var until: Milestone?

  @Option(help: ArgumentHelp("Give up after so long.", valueName: "seconds"))
  var timeout = 300

  @Option(
    help: ArgumentHelp("Record the serial line here.", valueName: "file"), completion: .file())
  var log: String?

  @Flag(help: "Print QEMU's command line after building, and do not run it.")
  var printCommand = false

  @Flag(
    name: [.customShort("i"), .customLong("interactive")],
    help: "Use the guest's console; Ctrl-] leaves.")
  var interactive = false

  @Flag(help: "Print the result as JSON.")
  var json = false

  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard (1...86_400).contains(timeout) else {
      throw ValidationError("--timeout takes a number of seconds from 1 to 86400.")
    }
    if interactive && json { throw ValidationError("-i and --json exclude each other.") }
  }

  func run() async throws {
    let terminal = output.terminal
    let boot = try await EmulatedBuild(
      options.load(), machine: machine, until: until, into: options.folder,
      in: options.surroundings()
    ) { terminal.show($0) }
    if printCommand {
      terminal.output(boot.command.shellLine + "\n")
      return
    }
    for line in boot.introduction { terminal.say(line) }
    let (human, raw) = (!json && !interactive, interactive)
    let result = try await boot.run(
      timeout: interactive ? nil : .seconds(timeout), log: log.map { FilePath($0) },
      interactive: interactive,
      onMilestone: { reached in
        if human { terminal.output(MilestoneLine.text(reached) + "\n") }
      },
      onBytes: { bytes in
        if raw { terminal.output(bytes) }
      })
    if json {
      terminal.output(try JSONText.text(EmulationRecord(boot, result)))
    } else if let diagnostic = result.diagnostic {
      terminal.show(diagnostic)
    }
    if !interactive && !result.hasReached(boot.until) { throw ExitCode(1) }
  }
}

extension Milestone: ExpressibleByArgument {}

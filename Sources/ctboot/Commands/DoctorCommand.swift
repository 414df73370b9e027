import ArgumentParser
import BringUp
import Foundation
import Reports
import SystemPackage
import Workspace

struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "List what this machine lacks, and the command that mends it.",
    discussion: "Exit status 1 when something is missing.")

  @OptionGroup var output: OutputOptions

  func run() throws {
    let surroundings = try Surroundings(asking: Environment.value)
    var table = TextTable()
    var missing: [Tool] = []
    for tool in Tool.all {
      let place = tool.location(path: surroundings.path)
      if place == nil { missing.append(tool) }
      let commands = tool.commands.map { "ctboot \($0)" }.joined(separator: ", ")
      table.add(
        place == nil ? "missing" : "found", tool.name, place?.string ?? tool.purpose,
        "for \(commands)")
    }
    let terminal = output.terminal
    terminal.output(table.lines(indent: 0).joined(separator: "\n") + "\n")
    guard missing.isEmpty else {
      let packages = Set(missing.map(\.package)).sorted().joined(separator: " ")
      terminal.output("\nto mend it: apt-get install \(packages)\n")
      throw ExitCode(1)
    }
  }
}

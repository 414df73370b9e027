import ArgumentParser
import Boards
import BringUp
import Diagnostics
import MemoryPlanner
import Reports

struct PlanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Show where everything will lie in memory, to scale.",
    discussion: """
      The map is that of the board's smallest variant: what is loaded where, by which line; what \
      Xen takes for itself; and where dom0 comes to lie, as far as every boot of that Xen does the \
      same. Exit status 1 when two things want the same memory.
      """)

  @OptionGroup var options: ProjectOptions

  @Option(help: "How it is printed: text, json or svg.")
  var format = MapFormat.text

  @OptionGroup var output: OutputOptions

  func run() async throws {
    let terminal = output.terminal
    let build: Build
    do {
      build = try await Build(options.load(), in: options.surroundings()) { terminal.show($0) }
    } catch let clash as PlacementError {
      // What is asked for is a verdict, and this is one.
      terminal.show(clash.diagnostic)
      throw ExitCode(1)
    }
    let map = try build.plan.memoryMap()
    switch format {
    case .text: terminal.output(MemoryMapText.text(map))
    case .json: terminal.output(try JSONText.text(MemoryMapRecord(map)))
    case .svg:
      terminal.output(MemoryMapSVG.text(map, title: "Memory of the \(build.plan.board.name)"))
    }
    if !map.clashes.isEmpty { throw ExitCode(1) }
  }
}

/// `--format`.
enum MapFormat: String, CaseIterable, Sendable, ExpressibleByArgument {
  case text, json, svg
}

import ArgumentParser
import Boards
import BringUp
import Diagnostics
import MemoryPlanner
import Reports
import Workspace

struct PlanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Show where everything will lie in memory, to scale.",
    discussion: """
      The map is that of the board's smallest variant: what is loaded where, by which line; what \
      Xen takes for itself; and where dom0 comes to lie, as far as every boot of that Xen does the \
      same. Where two things want the same memory, the clash is in the map as well, and the exit \
      status is 1.
      """)

  @OptionGroup var options: ProjectOptions

  @Option(help: "How it is printed: text, json or svg.")
  var format = MapFormat.text

  @OptionGroup var output: OutputOptions

  func run() async throws {
    let terminal = output.terminal
    let project = try options.load()
    do {
      let build = try await Build(project, in: options.surroundings()) { terminal.show($0) }
      try show(build.plan.memoryMap(), of: project, on: terminal)
    } catch let fault as MemoryFault {
      // What is asked for is a verdict, and this is one.
      fault.diagnostics.forEach(terminal.show)
      try show(fault.map, of: project, on: terminal)
      throw ExitCode(1)
    }
  }

  private func show(_ map: MemoryMap, of project: Project, on terminal: Terminal) throws {
    switch format {
    case .text: terminal.output(MemoryMapText.text(map))
    case .json: terminal.output(try JSONText.text(MemoryMapRecord(map)))
    case .svg: terminal.output(MemoryMapSVG.text(map, title: "Memory of the \(project.board)"))
    }
  }
}

/// `--format`.
enum MapFormat: String, CaseIterable, Sendable, ExpressibleByArgument {
  case text, json, svg
}

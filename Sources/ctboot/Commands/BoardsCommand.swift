import ArgumentParser
import Boards
import BringUp
import Foundation
import Reports
import SystemPackage
import Workspace

struct BoardsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "boards", abstract: "List the boards that are known, or all about one.",
    discussion: """
      Boards come from the program itself, from $CTBOOT_DATA and from a folder Boards beside \
      ctboot.yaml.
      """)

  @Argument(help: "The board to show.")
  var name: String?

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var output: OutputOptions

  func run() throws {
    let surroundings = try Surroundings(asking: Environment.value)
    let catalogue = try DataFiles(project: ".", surroundings: surroundings).boards()
    let chosen = try name.map { [try catalogue.board(named: $0)] } ?? catalogue.boards
    let reports = try chosen.map { try BoardReport($0, in: catalogue) }
    let terminal = output.terminal
    if json, name == nil {
      terminal.output(try JSONText.text(reports))
    } else if let report = reports.first, name != nil {
      terminal.output(json ? try JSONText.text(report) : report.text)
    } else {
      terminal.output(BoardReport.list(reports))
    }
  }
}

import ArgumentParser
import BringUp
import SystemPackage

struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Write a commented ctboot.yaml into this folder.")

  @Argument(help: "The board; `ctboot boards` lists them.")
  var board = "cubietruck"
  @OptionGroup var output: OutputOptions

  func run() throws {
    let options = try ProjectOptions.parse([])
    let file = FilePath(options.project)
    try NewProject(board: board, in: options.surroundings()).write(to: file)
    output.terminal.say("wrote \(file) for \(board); `ctboot build` makes its card image")
  }
}

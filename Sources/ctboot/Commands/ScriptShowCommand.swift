import ArgumentParser
import BringUp
import SystemPackage

struct ScriptShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Print the text in a boot.scr, and what its header says.",
    discussion: """
      The text goes to standard output, the header's facts to standard error. Of an image that U-Boot \
      would refuse the text is printed as far as it is there, and the exit status is 1.
      """)

  @Argument(help: ArgumentHelp("A boot.scr.", valueName: "file"), completion: .file())
  var file: String

  @OptionGroup var output: OutputOptions

  func run() throws {
    let terminal = output.terminal
    let script = try ShownScript(contentsOf: FilePath(file))
    for fact in script.facts { terminal.say(fact) }
    terminal.output(script.text)
    if let damage = script.damage {
      terminal.show(damage)
      throw ExitCode(1)
    }
  }
}

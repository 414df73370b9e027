import ArgumentParser
import BringUp
import Reports
import SystemPackage
import Workspace

struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Tell what is on an image or a card, and whether it would boot.",
    discussion: """
      Shown are the bootloader, the partition table, the file systems, the boot files by what they \
      are, the boot script as text, and what a rehearsal makes of it all; then what would keep it \
      from booting. Images of others can be looked at as well. Nothing is written. Exit status 1 \
      when it would not boot, 2 when it cannot be read.
      """)

  @Argument(
    help: ArgumentHelp("An image, or the device of a card.", valueName: "image|device"),
    completion: .file())
  var image: String

  @Option(
    help: ArgumentHelp(
      "The board; by default the one that it was made for, or that its SPL names.",
      valueName: "name"))
  var board: String?

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var output: OutputOptions

  func run() throws {
    let card = try InspectedCard(
      FilePath(image), board: board, in: Surroundings(asking: Environment.value))
    output.terminal.output(
      json ? try JSONText.text(InspectionRecord(card)) : card.text(whole: output.verbose))
    if case .fails = card.verdict { throw ExitCode(1) }
  }
}

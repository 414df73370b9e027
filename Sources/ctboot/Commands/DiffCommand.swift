import ArgumentParser
import BringUp
import Reports
import SystemPackage
import Workspace

struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Tell in what two images or cards differ in meaning.",
    discussion: """
      Compared are bootloaders, partition tables, file systems, the boot files by what they mean \
      (properties of trees, lines of scripts) and all files of ext4 volumes, without their times. \
      Where on the card something lies means nothing. Exit status 1 when they differ.
      """)

  @Argument(
    help: ArgumentHelp("An image, or the device of a card.", valueName: "old"),
    completion: .file())
  var old: String

  @Argument(help: ArgumentHelp("Another.", valueName: "new"), completion: .file())
  var new: String

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var output: OutputOptions

  func run() throws {
    let differences = try CardComparison(
      FilePath(old), FilePath(new), in: Surroundings(asking: Environment.value)
    ).differences
    output.terminal.output(
      json
        ? try JSONText.text(differences.map { CardDifferenceRecord($0) })
        : CardDifference.text(differences))
    if !differences.isEmpty { throw ExitCode(1) }
  }
}

import ArgumentParser
import BringUp
import Foundation
import Reports
import SystemPackage
import Workspace

struct RehearseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rehearse",
    abstract: "Play the boot of a finished image, command by command, without a board.",
    discussion: """
      The U-Boot in the image is not run: its environment and the boot script are played by a \
      model of U-Boot, on the files of the image. Told are what is loaded where, the tree that is \
      handed over and what the linter says of it, or the first thing that fails. Without IMAGE, \
      the image that `ctboot build` made of the project. Exit status 1 when the boot would not \
      get to its kernel.
      """)

  @Argument(
    help: ArgumentHelp("An image that `ctboot build` made.", valueName: "image"),
    completion: .file())
  var image: String?

  @Option(
    name: [.customShort("p"), .customLong("project")],
    help: ArgumentHelp("The project file.", valueName: "file"), completion: .file())
  var project: String?

  @Option(
    help: ArgumentHelp(
      "The board; by default the one that the image was made for.", valueName: "name"))
  var board: String?

  @Flag(help: "Print every command with its effect.")
  var trace = false

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var output: OutputOptions

  func validate() throws {
    if image != nil, project != nil {
      throw ValidationError("IMAGE and --project exclude each other.")
    }
  }

  func run() throws {
    let surroundings = try Surroundings(asking: Environment.value)
    let subject: RehearsedImage
    if let image {
      subject = try RehearsedImage(FilePath(image), board: board, in: surroundings)
    } else {
      let project = try Project(contentsOf: FilePath(project ?? "ctboot.yaml"))
      let name = board ?? project.board
      subject = try RehearsedImage(
        FilePath("build").appending("\(name).img"), board: name, project: project.folder,
        in: surroundings)
    }
    let boot = try RehearsedBoot(
      image: subject.image, board: subject.board, soc: subject.soc, firmware: subject.firmware)
    output.terminal.output(
      json
        ? try JSONText.text(RehearsalRecord(boot, trace: trace)) : boot.text(trace: trace))
    if !boot.isFine { throw ExitCode(1) }
  }
}

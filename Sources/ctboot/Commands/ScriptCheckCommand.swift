import ArgumentParser
import BootImages
import BringUp
import Foundation
import Reports
import Rulings
import SystemPackage
import Workspace

struct ScriptCheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Find what is wrong in boot scripts, and with the card that they stand on.",
    discussion: """
      The same rules as `ctboot lint`, for files of any name. With --image, the files, partitions and \
      filesystems are those of a disk image, and so are the sizes of what is loaded. Exit status 1 when \
      something was found that --fail-on asks for.
      """)

  @Argument(
    help: ArgumentHelp("boot.cmd, boot.scr, uEnv.txt or extlinux.conf.", valueName: "file"),
    completion: .file())
  var files: [String]

  @Option(
    help: ArgumentHelp("The disk image that the script stands on.", valueName: "image"),
    completion: .file())
  var image: String?

  @Option(
    help: ArgumentHelp("The version of Xen that is to boot.", valueName: "version"),
    transform: XenVersion.argument)
  var xen: XenVersion?

  @Option(help: ArgumentHelp("The board; by default the project's.", valueName: "name"))
  var board: String?

  @Option(
    help:
      "How findings are printed: \(FindingFormat.allCases.map(\.rawValue).joined(separator: ", "))."
  )
  var format = FindingFormat.text

  @Option(help: ArgumentHelp("Only these rules: ids or families, with commas.", valueName: "ids"))
  var select: [String] = []

  @Option(help: ArgumentHelp("Not these rules.", valueName: "ids"))
  var ignore: [String] = []

  @Option(help: "What makes the exit status 1: error, warning, info or never.")
  var failOn = FailOn.error

  @Option(
    help: ArgumentHelp("Findings that are known and not told again.", valueName: "file"),
    completion: .file())
  var baseline: String?

  @Option(
    name: [.customShort("p"), .customLong("project")],
    help: ArgumentHelp(
      "The project file; by default ctboot.yaml, where there is one.", valueName: "file"),
    completion: .file())
  var project: String?

  @OptionGroup var output: OutputOptions

  func validate() throws { _ = try RuleBook.all.chosen(naming: select, without: ignore) }

  func run() async throws {
    let surroundings = try Surroundings(asking: Environment.value)
    var request = LintRequest(
      paths: files.map { FilePath($0) },
      rules: try RuleBook.all.chosen(naming: select, without: ignore))
    request.takesScripts = true
    request.image = image.map { FilePath($0) }
    request.xen = xen
    request.board = board
    request.baseline = baseline.map { FilePath($0) }
    request.project = project.map { FilePath($0) }
    let outcome = try await Lint(request, in: surroundings).run()
    let terminal = output.terminal
    outcome.remarks.forEach(terminal.show)
    try await terminal.tell(outcome.report, as: format, failOn: failOn)
  }
}

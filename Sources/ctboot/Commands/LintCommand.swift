public import ArgumentParser
import BootImages
public import Reports

struct LintCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: "Find what makes a board hang in silence: in device trees and boot scripts.",
    discussion: """
      PATH is a tree (.dts, .dtso, .dtb, .dtbo), a boot script (.cmd, .scr, uEnv.txt, \
      extlinux.conf) or a folder of them. What U-Boot and the board can do is known where a board \
      is. Rules that judge a boot by \
      Xen speak where --xen is given, the project has Xen, or the tree itself mentions it. A \
      comment `ctboot-lint: allow(RULE): REASON` before a node or property of a source, or before a \
      command of a script, accepts a finding there; so does an entry under `lint: allow:` in the project file. \
      Of several files, warnings of dtc's own checks, and those that a rule has more than 50 of, \
      are only counted, unless -v or --select asks for them. Exit status 1 when something was found that --fail-on asks for.
      """)

  @Argument(
    help: ArgumentHelp("Trees, boot scripts, or folders of them.", valueName: "path"),
    completion: .file(extensions: ["dts", "dtso", "dtb", "dtbo", "cmd", "scr", "txt", "conf"]))
  var paths: [String]

  @Option(
    help: ArgumentHelp("The version of Xen that is to boot.", valueName: "version"),
    transform: XenVersion.argument)
  var xen: XenVersion?

  @Option(
    help: ArgumentHelp(
      "The board; by default the one that a tree's root names.", valueName: "name"))
  var board: String?

  @Option(
    help:
      "How findings are printed: \(FindingFormat.allCases.map(\.rawValue).joined(separator: ", "))."
  )
  var format = FindingFormat.text

  @Option(
    help: ArgumentHelp(
      "Only these rules: ids or families, with commas; `dtc` shows dtc's view.", valueName: "ids"))
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
    help: ArgumentHelp("Write all that is found into a baseline.", valueName: "file"),
    completion: .file())
  var writeBaseline: String?

  @Flag(help: "Make the edits that are safe; print the others.")
  var fix = false

  @Option(
    name: [.customShort("I", allowingJoined: true), .customLong("include")],
    help: ArgumentHelp("Where #include and /include/ look further.", valueName: "dir"),
    completion: .directory)
  var includes: [String] = []

  @Option(
    help: ArgumentHelp(
      "Lay each overlay over this tree, and judge it by what becomes of that.", valueName: "tree"),
    completion: .file(extensions: ["dtb", "dts"]))
  var base: String?

  @Option(
    help: ArgumentHelp(
      "A file that lies in memory when Xen starts, such as a module's.", valueName: "file@address"))
  var load: [String] = []

  @Option(
    help: ArgumentHelp("Where Xen finds the tree, in hexadecimal.", valueName: "address"))
  var treeAddress: String?

  @Option(
    help: ArgumentHelp(
      "U-Boot's environment when it starts Xen, NAME=VALUE lines.", valueName: "file"),
    completion: .file())
  var environment: String?

  @Option(
    name: [.customShort("p"), .customLong("project")],
    help: ArgumentHelp(
      "The project file; by default ctboot.yaml, where there is one.", valueName: "file"),
    completion: .file())
  var project: String?

  @OptionGroup var output: OutputOptions

  /// All of it as plain values.
  var arguments: LintArguments {
    var arguments = LintArguments(paths: paths)
    arguments.xen = xen
    arguments.board = board
    arguments.format = format
    arguments.select = select
    arguments.ignore = ignore
    arguments.failOn = failOn
    arguments.baseline = baseline
    arguments.writeBaseline = writeBaseline
    arguments.fix = fix
    arguments.includes = includes
    arguments.base = base
    arguments.load = load
    arguments.treeAddress = treeAddress
    arguments.environment = environment
    arguments.project = project
    arguments.quiet = output.quiet
    arguments.verbose = output.verbose
    arguments.colour = output.colour
    return arguments
  }

  func validate() throws {
    try arguments.check()
  }

  func run() async throws { try await arguments.run() }
}

extension FailOn: ExpressibleByArgument {}
extension FindingFormat: ExpressibleByArgument {}

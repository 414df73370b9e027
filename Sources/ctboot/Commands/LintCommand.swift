public import ArgumentParser
import BootImages
import BringUp
import Diagnostics
import Foundation
import Measures
public import Reports
import Rulings
import SystemPackage
import Workspace

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

  func validate() throws {
    for text in load {
      guard let load = LintRequest.Load(text) else {
        throw ValidationError("--load takes FILE@ADDRESS, not `\(text)`.")
      }
      try load.address.checkIsPhysical(text)
    }
    if let treeAddress {
      guard let address = Address(hexadecimal: treeAddress) else {
        throw ValidationError("--tree-address takes a hexadecimal number, not `\(treeAddress)`.")
      }
      try address.checkIsPhysical(treeAddress)
    }
    _ = try RuleBook.all.chosen(naming: select, without: ignore)
    if baseline != nil, writeBaseline != nil {
      throw ValidationError("--baseline and --write-baseline exclude each other.")
    }
  }

  func run() async throws {
    let terminal = output.terminal
    let surroundings = try Surroundings(environment: ProcessInfo.processInfo.environment)
    let outcome = try await Lint(request(), in: surroundings).run()
    for fixed in outcome.fixed {
      for finding in fixed.findings {
        let line = finding.place.line.map { ":\($0)" } ?? ""
        terminal.say(
          "mended \(fixed.file)\(line): \(finding.fix?.title ?? finding.message) [\(finding.rule)]")
      }
    }
    outcome.remarks.forEach(terminal.show)
    try terminal.tell(outcome.report, as: format, failOn: failOn, baseline: writeBaseline)
  }

  private func request() throws -> LintRequest {
    var request = LintRequest(
      paths: paths.map { FilePath($0) },
      rules: try RuleBook.all.chosen(naming: select, without: ignore))
    request.xen = xen
    request.board = board
    request.includePaths = includes.map { FilePath($0) }
    request.loads = load.compactMap { LintRequest.Load($0) }
    request.treeAddress = treeAddress.flatMap { Address(hexadecimal: $0) }
    request.environment = environment.map { FilePath($0) }
    request.base = base.map { FilePath($0) }
    request.baseline = (baseline ?? writeBaseline).map { FilePath($0) }
    request.writesBaseline = writeBaseline != nil
    request.fixes = fix
    request.countsRepetitions = select.isEmpty && !output.verbose
    request.project = project.map { FilePath($0) }
    return request
  }
}

extension RuleBook {
  /// The rules that are to speak. A word that means none is a mistake in the command line.
  func chosen(naming select: [String], without ignore: [String]) throws -> Set<RuleID> {
    func words(_ lists: [String]) -> [String] {
      lists.flatMap { $0.split(separator: ",") }.map {
        $0.trimmingCharacters(in: .whitespaces)
      }.filter { !$0.isEmpty }
    }
    do throws(SelectionError) {
      return try chosen(select: words(select), ignore: words(ignore))
    } catch {
      throw ValidationError(error)
    }
  }
}

extension Terminal {
  /// Prints a report, sums it up, and ends with 1 where something was found that counts.
  ///
  /// - Parameter baseline: the file that all findings were written to.
  func tell(
    _ report: FindingReport, as format: FindingFormat, failOn: FailOn, baseline: String? = nil
  ) throws {
    output(try report.text(format, colour: coloursOutput, failingFrom: failOn.threshold))
    let accepted = report.files.reduce(0) { $0 + $1.accepted.count }
    if let baseline {
      say("wrote \(accepted) findings to \(baseline)")
    } else if format == .text {
      say(report.totals + (accepted > 0 ? " (\(accepted) accepted)" : ""))
    }
    if let threshold = failOn.threshold,
      report.findings.contains(where: { $0.severity >= threshold })
    {
      throw ExitCode(1)
    }
  }
}

/// `--fail-on`.
enum FailOn: String, CaseIterable, Sendable, ExpressibleByArgument {
  case error, warning, info, never

  /// The least severity that counts; nil where none does.
  var threshold: Severity? {
    switch self {
    case .error: .error
    case .warning: .warning
    case .info: .info
    case .never: nil
    }
  }
}

extension FindingFormat: ExpressibleByArgument {}

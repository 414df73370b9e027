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

  @Option(help: ArgumentHelp("The version of Xen that is to boot.", valueName: "version"))
  var xen: String?

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
    if let xen, XenVersion(xen) == nil {
      throw ValidationError("--xen takes a version such as 4.17, not `\(xen)`.")
    }
    if let text = load.first(where: { LintRequest.Load($0) == nil }) {
      throw ValidationError("--load takes FILE@ADDRESS, not `\(text)`.")
    }
    if let treeAddress, Address(hexadecimal: treeAddress) == nil {
      throw ValidationError("--tree-address takes a hexadecimal number, not `\(treeAddress)`.")
    }
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
    try terminal.tell(outcome.report, as: format, failOn: failOn, baseline: writeBaseline)
  }

  private func request() throws -> LintRequest {
    var request = LintRequest(
      paths: paths.map { FilePath($0) },
      rules: try RuleBook.all.chosen(select: select.words, ignore: ignore.words))
    request.xen = xen.flatMap { XenVersion($0) }
    request.board = board
    request.includePaths = includes.map { FilePath($0) }
    request.loads = load.compactMap { LintRequest.Load($0) }
    request.treeAddress = treeAddress.flatMap { Address(hexadecimal: $0) }
    request.environment = environment.map { FilePath($0) }
    request.baseline = (baseline ?? writeBaseline).map { FilePath($0) }
    request.writesBaseline = writeBaseline != nil
    request.fixes = fix
    request.countsRepetitions = select.isEmpty && !output.verbose
    request.project = project.map { FilePath($0) }
    return request
  }
}

extension [String] {
  /// What stands between the commas of each.
  var words: [String] {
    flatMap { $0.split(separator: ",") }.map { $0.trimmingCharacters(in: .whitespaces) }
      .filter { !$0.isEmpty }
  }
}

extension Terminal {
  /// Prints a report, sums it up, and ends with 1 where something was found that counts.
  ///
  /// - Parameter baseline: the file that all findings were written to.
  func tell(
    _ report: FindingReport, as format: FindingFormat, failOn: FailOn, baseline: String? = nil
  ) throws {
    output(try report.text(format, colour: coloursOutput))
    let accepted = report.files.reduce(0) { $0 + $1.accepted.count }
    if let baseline {
      say("wrote \(accepted) findings to \(baseline)")
    } else if format == .text {
      say(report.totals + (accepted > 0 ? " (\(accepted) accepted)" : ""))
    }
    if report.findings.contains(where: { failOn.isMet(by: $0.severity) }) { throw ExitCode(1) }
  }
}

/// `--fail-on`.
enum FailOn: String, CaseIterable, Sendable, ExpressibleByArgument {
  case error, warning, info, never

  func isMet(by severity: Severity) -> Bool {
    switch self {
    case .error: severity >= .error
    case .warning: severity >= .warning
    case .info: true
    case .never: false
    }
  }
}

extension FindingFormat: ExpressibleByArgument {}

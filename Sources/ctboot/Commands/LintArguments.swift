import ArgumentParser
import BootImages
import BringUp
import Diagnostics
import Foundation
import Measures
import Reports
import Rulings
import SystemPackage
import Workspace

/// What a command line of `ctboot lint` says, whoever has read it.
struct LintArguments: Sendable, Equatable {
  var paths: [String] = []
  var xen: String?
  var board: String?
  var format = FindingFormat.text
  var select: [String] = []
  var ignore: [String] = []
  var failOn = FailOn.error
  var baseline: String?
  var writeBaseline: String?
  var fix = false
  var includes: [String] = []
  var load: [String] = []
  var treeAddress: String?
  var environment: String?
  var project: String?
  var quiet = false
  var verbose = false
  var colour = ColourChoice.auto

  /// What is wrong with the values.
  var mistake: String? {
    if let xen, XenVersion(xen) == nil {
      return "--xen takes a version such as 4.17, not `\(xen)`."
    }
    if let text = load.first(where: { LintRequest.Load($0) == nil }) {
      return "--load takes FILE@ADDRESS, not `\(text)`."
    }
    if let treeAddress, Address(hexadecimal: treeAddress) == nil {
      return "--tree-address takes a hexadecimal number, not `\(treeAddress)`."
    }
    if baseline != nil, writeBaseline != nil {
      return "--baseline and --write-baseline exclude each other."
    }
    return nil
  }

  func run() async throws {
    let terminal = Terminal(colour: colour, quiet: quiet, verbose: verbose)
    let surroundings = try Surroundings(environment: ProcessInfo.processInfo.environment)
    let outcome = try await Lint(request(), in: surroundings).run()
    for fixed in outcome.fixed {
      for finding in fixed.findings {
        let line = finding.place.line.map { ":\($0)" } ?? ""
        terminal.say(
          "mended \(fixed.file)\(line): \(finding.fix?.title ?? finding.message) [\(finding.rule)]")
      }
    }
    terminal.output(try await outcome.report.text(format, colour: terminal.coloursOutput))
    let accepted = outcome.report.files.reduce(0) { $0 + $1.accepted.count }
    if let writeBaseline {
      terminal.say("wrote \(accepted) findings to \(writeBaseline)")
    } else if format == .text {
      terminal.say(outcome.report.totals + (accepted > 0 ? " (\(accepted) accepted)" : ""))
    }
    if outcome.report.findings.contains(where: { failOn.isMet(by: $0.severity) }) {
      throw ExitCode(1)
    }
  }

  private func request() throws -> LintRequest {
    func words(_ lists: [String]) -> [String] {
      lists.flatMap { $0.split(separator: ",") }.map {
        $0.trimmingCharacters(in: .whitespaces)
      }.filter { !$0.isEmpty }
    }
    var request = LintRequest(
      paths: paths.map { FilePath($0) },
      rules: try RuleBook.all.chosen(select: words(select), ignore: words(ignore)))
    request.xen = xen.flatMap { XenVersion($0) }
    request.board = board
    request.includePaths = includes.map { FilePath($0) }
    request.loads = load.compactMap { LintRequest.Load($0) }
    request.treeAddress = treeAddress.flatMap { Address(hexadecimal: $0) }
    request.environment = environment.map { FilePath($0) }
    request.baseline = (baseline ?? writeBaseline).map { FilePath($0) }
    request.writesBaseline = writeBaseline != nil
    request.fixes = fix
    request.project = project.map { FilePath($0) }
    return request
  }
}

/// `--fail-on`.
enum FailOn: String, CaseIterable, Sendable {
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

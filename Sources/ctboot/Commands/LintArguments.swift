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
  var xen: XenVersion?
  var board: String?
  var format = FindingFormat.text
  var select: [String] = []
  var ignore: [String] = []
  var failOn = FailOn.error
  var baseline: String?
  var writeBaseline: String?
  var fix = false
  var includes: [String] = []
  var base: String?
  var load: [String] = []
  var treeAddress: String?
  var environment: String?
  var project: String?
  var quiet = false
  var verbose = false
  var colour = ColourChoice.auto

  /// Whether nothing but trees is read, nothing written and no program started: a signal may end that
  /// at any moment, and nobody need wait for it.
  var onlyReads: Bool {
    !fix && writeBaseline == nil && base == nil
      && paths.allSatisfy { $0.hasSuffix(".dtb") || $0.hasSuffix(".dtbo") }
  }

  /// Refuses values that make no sense.
  func check() throws {
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
    if !select.isEmpty || !ignore.isEmpty {
      _ = try RuleBook.all.chosen(naming: select, without: ignore)
    }
    if baseline != nil, writeBaseline != nil {
      throw ValidationError("--baseline and --write-baseline exclude each other.")
    }
  }

  func run() async throws {
    let terminal = Terminal(colour: colour, quiet: quiet, verbose: verbose)
    let surroundings = try Surroundings(asking: Environment.value)
    let outcome = try await Lint(request(), in: surroundings).run()
    for fixed in outcome.fixed {
      for finding in fixed.findings {
        let line = finding.place.line.map { ":\($0)" } ?? ""
        terminal.say(
          "mended \(fixed.file)\(line): \(finding.fix?.title ?? finding.message) [\(finding.rule)]")
      }
    }
    outcome.remarks.forEach(terminal.show)
    try await terminal.tell(
      outcome.report, as: format, failOn: failOn, baseline: writeBaseline)
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
    request.countsRepetitions = select.isEmpty && !verbose
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
  ) async throws {
    output(
      try await report.text(format, colour: coloursOutput, failingFrom: failOn.threshold))
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
enum FailOn: String, CaseIterable, Sendable {
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

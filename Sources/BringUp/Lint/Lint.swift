import BootImages
import DeviceTreeLint
import Diagnostics
import Files
import Foundation
import Measures
public import Reports
import Rulings
import Synchronization
import SystemPackage
import TreeCompiler
public import Workspace

/// From files and folders to a report.
public struct Lint: Sendable {
  /// What a run leaves.
  public struct Outcome: Sendable {
    public let report: FindingReport
    /// What `--fix` has changed.
    public let fixed: [FixedSource]
  }

  private let request: LintRequest
  private let surroundings: Surroundings
  private let project: Project?

  /// - Parameter request: a project file that it names is read at once.
  public init(_ request: LintRequest, in surroundings: Surroundings) throws {
    self.request = request
    self.surroundings = surroundings
    let usual = FilePath("ctboot.yaml")
    if let path = request.project {
      project = try Project(contentsOf: path)
    } else {
      project = try Self.stands(usual) ? Project(contentsOf: usual) : nil
    }
  }

  private static func stands(_ path: FilePath) -> Bool { (try? fileSize(path)) != nil }

  /// Judges all files, several at a time, and tells them in the order of their names.
  public func run() async throws -> Outcome {
    let inputs = try Self.inputs(request.paths)
    let data = try DataFiles(project: project?.folder ?? ".", surroundings: surroundings)
    let targets = try LintTargets(
      try target(), board: request.board ?? project?.board, selection: RuleSelection(request.rules),
      data: data)
    let scripts = try ScriptTargets.targets(
      request, for: inputs.files, project: project, data: data)
    let compiler = TreeCompiler(includePaths: request.includePaths)
    func judge() async -> [LintedFile] {
      inputs.unreadable
        + (await Self.judge(inputs.files, targets: targets, scripts: scripts, compiler: compiler))
    }
    var linted = await judge()
    if request.writesBaseline { try writeBaseline(of: linted) }
    var fixed: [FixedSource] = []
    if request.fixes {
      var acceptance = try acceptance()
      fixed = try FixedSource.applying(
        linted, told: linted.map { acceptance.divide($0.findings, comments: $0.allowances).told })
      // What is told afterwards is what is left.
      if !fixed.isEmpty { linted = await judge() }
    }
    return Outcome(report: try report(linted), fixed: fixed)
  }

  /// What is the same for all files.
  private func target() throws -> LintTarget {
    var target = LintTarget(xen: request.xen ?? project?.xen.version)
    for load in request.loads {
      target.loaded.append(
        LoadedFile(
          name: load.file.string, address: load.address,
          bytes: try readFile(load.file, limit: .mebibytes(512))))
    }
    // A Xen among the files knows its own version best.
    if target.xen == nil {
      target.xen =
        target.loaded.lazy.compactMap {
          (try? XenImage(parsing: $0.bytes.span.bytes))?.version
        }.first
    }
    if target.xen == nil, let project { target.xen = try project.statedXen() }
    target.treeAddress = request.treeAddress
    if let path = request.environment {
      let bytes = try readFile(path, limit: .mebibytes(1))
      for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
        let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        if parts.count == 2, !line.hasPrefix("#") {
          target.environment[String(parts[0])] = String(parts[1])
        }
      }
    }
    return target
  }

  /// Writes all that was found, and never over anything but an older baseline.
  private func writeBaseline(of linted: [LintedFile]) throws {
    guard let path = request.baseline else { return }
    if (try? fileSize(path)) != nil {
      _ = try Baseline(parsing: try readFile(path, limit: .mebibytes(256)), file: path.string)
    }
    let names = FileNames(relativeTo: path.removingLastComponent())
    let baseline = Baseline(of: linted.flatMap(\.findings), named: names.name)
    var file = try AtomicFile(replacing: path)
    let text = Array(try baseline.text().utf8)
    try file.write(text.span.bytes)
    try file.commit()
  }

  /// What the project and the baseline accept. Both name files as seen from where they lie, however
  /// the user names them today.
  private func acceptance() throws -> Acceptance {
    let baseline = try request.baseline.map { path in
      try Baseline(
        parsing: try readFile(path, limit: .mebibytes(256)), file: path.string)
    }
    let ofProject = FileNames(relativeTo: project?.folder ?? ".")
    let ofBaseline = FileNames(relativeTo: request.baseline?.removingLastComponent() ?? ".")
    return Acceptance(
      entries: project?.lint ?? [], baseline: baseline, asked: request.rules, book: .all,
      nameInProject: ofProject.name, nameInBaseline: ofBaseline.name)
  }

  private func report(_ linted: [LintedFile]) throws -> FindingReport {
    var acceptance = try acceptance()
    var files: [FindingReport.File] = []
    var sources: [String: [String]] = [:]
    for file in linted {
      acceptance.note(file.name)
      let (told, accepted) = acceptance.divide(file.findings, comments: file.allowances)
      files.append(
        FindingReport.File(
          name: file.name, findings: told,
          accepted: accepted.map { FindingReport.Accepted($0) }))
      // Only what is told needs its lines.
      for name in Set(told.map(\.place.file)) where sources[name] == nil {
        guard let text = file.texts[name] else { continue }
        sources[name] = Self.lines(of: text)
      }
    }
    let unused = acceptance.unused(baselineFile: request.baseline?.string)
    for (name, findings) in Dictionary(grouping: unused, by: \.place.file)
      .sorted(by: { $0.key < $1.key })
    {
      files.append(FindingReport.File(name: name, findings: findings))
    }
    var report = FindingReport(
      files: files, sources: sources, version: Version.current, cards: RuleBook.all.cards)
    report.countsRepetitions = request.countsRepetitions
    return report
  }

  /// Lines as dtc counts them, without what ends them; a carriage return is part of an end.
  private static func lines(of text: [UInt8]) -> [String] {
    text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line in
      String(
        decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line, as: UTF8.self)
    }
  }

  /// What is looked at: files, and folders that cannot be.
  private struct Inputs {
    var files: [FilePath] = []
    var unreadable: [LintedFile] = []
  }

  /// The files that are meant; those named twice count once.
  private static func inputs(_ paths: [FilePath]) throws -> Inputs {
    var inputs = Inputs()
    var seen: Set<FilePath> = []
    for path in paths {
      var found = [path]
      if isFolder(path) {
        let before = inputs.unreadable.count
        found = listFiles(below: path, where: LintedFile.isUsual) { folder, error in
          inputs.unreadable.append(LintedFile(folder, unreadable: error))
        }
        if found.isEmpty, inputs.unreadable.count == before { throw LintError.noTrees(path) }
      }
      inputs.files += found.filter { seen.insert($0).inserted }
    }
    return inputs
  }

  /// As many at a time as there are processors; in the order of the files.
  private static func judge(
    _ files: [FilePath], targets: LintTargets, scripts: ScriptTargets, compiler: TreeCompiler
  ) async -> [LintedFile] {
    let queue = Queue()
    let workers = min(files.count, max(1, ProcessInfo.processInfo.activeProcessorCount))
    return await withTaskGroup(of: [(Int, LintedFile)].self) { group in
      for _ in 0..<workers {
        group.addTask {
          var done: [(Int, LintedFile)] = []
          while !Task.isCancelled {
            let number = queue.take()
            guard number < files.count else { break }
            let file = await LintedFile(
              files[number], targets: targets, scripts: scripts, compiler: compiler)
            done.append((number, file))
          }
          return done
        }
      }
      var all: [(number: Int, file: LintedFile)] = []
      for await done in group { all += done.map { (number: $0.0, file: $0.1) } }
      return all.sorted { $0.number < $1.number }.map(\.file)
    }
  }

  /// Whose turn it is.
  private final class Queue: Sendable {
    private let next = Atomic(0)

    func take() -> Int { next.wrappingAdd(1, ordering: .relaxed).oldValue }
  }
}

extension FindingReport.Accepted {
  init(_ accepted: Acceptance.Accepted) {
    let place: Place =
      switch accepted.source {
      case .comment: .source
      case .project: .project
      case .baseline: .baseline
      }
    self.init(accepted.finding, in: place, reason: accepted.reason)
  }
}

extension Project {
  /// The version of Xen that the project boots, as far as it can be known without fetching anything:
  /// stated, or read out of an image of the user's, else the newest.
  func statedXen() throws -> XenVersion {
    if let version = xen.version { return version }
    guard case .path(let path) = inputs.xen else { return LintTarget.newest }
    let file = folder == "." ? FilePath(path) : folder.pushing(FilePath(path))
    let bytes = try readFile(file, limit: .mebibytes(64))
    return try InputCheck.xen(bytes.span.bytes, file: path).version
  }
}

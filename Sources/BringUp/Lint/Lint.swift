import BootImages
import DeviceTreeLint
import Diagnostics
import Files
import Foundation
import Measures
public import Reports
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
    let files = try Self.files(request.paths)
    let data = try DataFiles(project: project?.folder ?? ".", surroundings: surroundings)
    let targets = try LintTargets(
      try target(), board: request.board ?? project?.board, selection: request.selection,
      data: data)
    let compiler = TreeCompiler(includePaths: request.includePaths)
    var linted = await Self.judge(files, targets: targets, compiler: compiler)
    var fixed: [FixedSource] = []
    if request.fixes {
      fixed = try FixedSource.applying(linted)
      // What is told afterwards is what is left.
      if !fixed.isEmpty {
        linted = await Self.judge(files, targets: targets, compiler: compiler)
      }
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

  private func report(_ linted: [LintedFile]) throws -> FindingReport {
    if request.writesBaseline, let path = request.baseline {
      let baseline = Baseline(of: linted.flatMap(\.findings))
      var file = try AtomicFile(replacing: path)
      let text = Array(try baseline.text().utf8)
      try file.write(text.span.bytes)
      try file.commit()
    }
    let baseline = try request.baseline.map { path in
      try Baseline(
        parsing: try readFile(path, limit: .mebibytes(256)), file: path.string)
    }
    var acceptance = Acceptance(entries: project?.lint ?? [], baseline: baseline)
    var files: [FindingReport.File] = []
    var sources: [String: [String]] = [:]
    for file in linted {
      let (told, accepted) = acceptance.divide(file.findings, comments: file.allowances)
      files.append(
        FindingReport.File(
          name: file.name, findings: told,
          accepted: accepted.map { FindingReport.Accepted($0) }))
      // Only what is told needs its lines.
      for name in Set(told.map(\.place.file)) where sources[name] == nil {
        guard let text = file.texts[name] else { continue }
        sources[name] = String(decoding: text, as: UTF8.self)
          .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      }
    }
    let unused = acceptance.unused(baselineFile: request.baseline?.string)
    for (name, findings) in Dictionary(grouping: unused, by: \.place.file)
      .sorted(by: { $0.key < $1.key })
    {
      files.append(FindingReport.File(name: name, findings: findings))
    }
    return FindingReport(
      files: files, sources: sources, version: Version.current, cards: RuleCatalogue.cards)
  }

  /// The files that are meant; those named twice count once.
  private static func files(_ paths: [FilePath]) throws -> [FilePath] {
    var files: [FilePath] = []
    var seen: Set<FilePath> = []
    for path in paths {
      let found =
        isFolder(path) ? try listFiles(below: path, where: LintedFile.isTree) : [path]
      if found.isEmpty { throw LintError.noTrees(path) }
      files += found.filter { seen.insert($0).inserted }
    }
    return files
  }

  /// As many at a time as there are processors; in the order of the files.
  private static func judge(
    _ files: [FilePath], targets: LintTargets, compiler: TreeCompiler
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
            let file = await LintedFile(files[number], targets: targets, compiler: compiler)
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

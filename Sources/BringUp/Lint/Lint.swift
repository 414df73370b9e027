import BootImages
import DeviceTreeLint
public import Diagnostics
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
    /// What is worth knowing of the run itself.
    public let remarks: [Diagnostic]
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
    let target = try target()
    let targets = try LintTargets(
      target, board: request.board ?? project?.board, selection: RuleSelection(request.rules),
      data: data)
    let scripts = try ScriptTargets.targets(
      request, for: inputs.files, project: project, data: data)
    try CompiledSource.check(request.includePaths)
    let compiler = TreeCompiler(includePaths: request.includePaths)
    var base: OverlayBase?
    if let path = request.base {
      base = try await OverlayBase(path, includePaths: request.includePaths, targets: targets)
    }
    func judge() async -> [LintedFile] {
      inputs.unreadable
        + (await Self.judge(
          inputs.files, targets: targets, scripts: scripts, compiler: compiler, base: base))
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
    return Outcome(report: try report(linted), fixed: fixed, remarks: remarks(linted, for: target))
  }

  /// What somebody may have expected of the options, and did not get.
  private func remarks(_ linted: [LintedFile], for target: LintTarget) -> [Diagnostic] {
    var remarks = [target.xen.flatMap(LintTarget.remark)].compactMap(\.self)
    let overlays = linted.filter(\.isOverlay)
    if let base = request.base, overlays.isEmpty {
      remarks.append(
        Diagnostic(
          .warning, "none of the files is an overlay, so `--base \(base)` changes nothing",
          help: "name overlays (.dtbo, or sources with /plugin/) as well, or leave it out"))
    }
    let options = [request.xen.map { _ in "--xen" }, request.board.map { _ in "--board" }]
      .compactMap(\.self)
    if request.base == nil, let first = overlays.first, !options.isEmpty {
      let what =
        overlays.count == 1 ? "the overlay \(first.name)" : "the \(overlays.count) overlays"
      remarks.append(
        Diagnostic(
          .warning,
          "\(options.map { "`\($0)`" }.joined(separator: " and ")) change nothing for \(what)",
          notes: ["without its tree, only an overlay's own form is judged"],
          help: "name the tree that it is for with `--base TREE.dtb`"))
    }
    return remarks
  }

  /// What is the same for all files.
  private func target() throws -> LintTarget {
    var target = LintTarget(xen: request.xen ?? project?.xen.version)
    for load in request.loads {
      let bytes = try readFile(load.file, limit: .mebibytes(512))
      let size = ByteCount(bytes.count)
      guard AddressRange(start: load.address, size: size) != nil else {
        throw LintError.loadPastEnd(load.file, at: load.address, size: size)
      }
      target.loaded.append(
        LoadedFile(name: load.file.string, address: load.address, bytes: bytes))
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
      files.append(FindingReport.File(name: name, findings: findings, isJudged: false))
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
      // What one folder holds has been named once.
      inputs.files += paths.count == 1 ? found : found.filter { seen.insert($0).inserted }
    }
    return inputs
  }

  /// As many at a time as there are processors; in the order of the files.
  private static func judge(
    _ files: [FilePath], targets: LintTargets, scripts: ScriptTargets, compiler: TreeCompiler,
    base: OverlayBase?
  ) async -> [LintedFile] {
    @Sendable func judged(_ file: FilePath) async -> LintedFile {
      await LintedFile(
        file, targets: targets, scripts: scripts, compiler: compiler, base: base)
    }
    // Editors and hooks ask for one file at a time, and want no ado.
    if files.count == 1 { return [await judged(files[0])] }
    let queue = Queue()
    let workers = min(files.count, max(1, ProcessInfo.processInfo.activeProcessorCount))
    return await withTaskGroup(of: [(Int, LintedFile)].self) { group in
      for _ in 0..<workers {
        group.addTask {
          var done: [(Int, LintedFile)] = []
          while !Task.isCancelled {
            let number = queue.take()
            guard number < files.count else { break }
            done.append((number, await judged(files[number])))
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
    let bytes = try readFile(file(path), limit: .mebibytes(64))
    return try InputCheck.xen(bytes.span.bytes, file: path).version
  }
}

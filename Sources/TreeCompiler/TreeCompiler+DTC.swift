import Diagnostics
import SystemPackage
import TreeSource

extension TreeCompiler {
  func compile(_ input: Input) async throws(TreeCompilerError) -> CompiledTree {
    async let blobRun = run(.dtc, arguments(for: input, ["-q", "-f", "-O", "dtb"]))
    async let mapRun = run(.dtc, arguments(for: input, ["-qqq", "-f", "-O", "dts", "-T", "-T"]))
    let (first, second) = await (blobRun, mapRun)
    var blob = try first.get()
    guard blob.hasSucceeded else {
      throw .refused(Self.refusal(of: input, blob.messages))
    }
    let annotated = AnnotatedSource(parsing: try second.get().output)
    // Without a word all is well; else the checks that come after the first failure are missing.
    var isComplete = true
    if !blob.messages.isEmpty {
      let again = try await run(
        .dtc, arguments(for: input, ["-f", "-O", "dtb"] + DTCChecks.asWarnings)
      ).get()
      isComplete = again.hasSucceeded
      if isComplete { blob = again }
    }
    let complaints = Complaint.all(in: blob.messages) {
      DTCChecks.isOfSource($0) || DTCChecks.isUnresolved($0)
    }
    let files = SourceFiles.reading(input, and: annotated.files + input.filesRead)
    let map = SourceMap(annotated, in: files.sources)
    return CompiledTree(
      bytes: blob.output, positions: map,
      messages: Complaints(input: input, files: files.sources, map: map)
        .findings(complaints.filter(DTCChecks.isOfSource)),
      isResolved: isComplete && !complaints.contains(where: DTCChecks.isUnresolved),
      texts: files.texts)
  }

  private func arguments(for input: Input, _ options: [String]) -> [String] {
    var arguments = ["-I", "dts"] + options
    if keepsLabels || input.isOverlay { arguments.append("-@") }
    // What cpp has made lies elsewhere than its source.
    if input.preprocessed != nil {
      arguments += ["-i", Self.folder(of: FilePath(input.name)).string]
    }
    for path in includePaths { arguments += ["-i", path.string] }
    return arguments + ["-o", "-", input.path]
  }

  private static func refusal(of input: Input, _ messages: String) -> [Finding] {
    let complaints = Complaint.all(in: messages) { $0.check == nil }
    let files = SourceFiles.reading(input, and: complaints.compactMap(\.place?.file))
    let findings = Complaints(input: input, files: files.sources, map: SourceMap())
      .findings(complaints)
    return findings.isEmpty
      ? [Complaints.unclear(input.name, messages, "dtc refuses the source")] : findings
  }
}

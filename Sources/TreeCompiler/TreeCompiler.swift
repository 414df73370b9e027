public import SystemPackage
import TreeSource

/// Makes a blob of source text, and a map of where everything stands in it.
///
/// ```
/// board.dts ─ has #include? ─ cpp ─┬─ dtc -O dtb ────────────── blob, complaints
///                └────── no ───────┴─ dtc -O dts -T -T ──────── places
/// ```
///
/// dtc's opinion of the tree is not asked for: what it calls a semantic error is forced (`-f`), and
/// the rules judge the blob. Only what no blob can show, such as a label that stands twice, is
/// passed on.
public struct TreeCompiler: Sendable {
  /// Where cpp and dtc look for files that a source includes, beside its own folder.
  public var includePaths: [FilePath]
  /// Whether labels are kept for overlays (`dtc -@`). An overlay's always are.
  public var keepsLabels: Bool
  /// How long each program may take.
  public var timeLimit: Duration

  var dtc = "dtc"
  var cpp = "cpp"
  var temporaries = TemporaryFolder.usualParent

  public init(
    includePaths: [FilePath] = [], keepsLabels: Bool = false,
    timeLimit: Duration = .seconds(60)
  ) {
    self.includePaths = includePaths
    self.keepsLabels = keepsLabels
    self.timeLimit = timeLimit
  }

  /// Compiles a file. It and the files that it includes are named in findings as the user named
  /// them: relative to where ctboot runs, if the path is.
  public func compile(file: FilePath) async throws(TreeCompilerError) -> CompiledTree {
    let text = try SourceReader.read(file)
    let shape = SourceShape(text)
    try IncludedFiles(of: file, includePaths: includePaths).check(shape.includes)
    guard shape.needsPreprocessor else {
      let input = Input(
        path: Self.argument(file), name: Self.argument(file), text: text, preprocessed: nil,
        filesRead: [], isOverlay: shape.isOverlay)
      return try await compile(input)
    }
    let preprocessed = try await preprocess(file, text)
    let made = SourceShape(preprocessed)
    let folder = try TemporaryFolder(below: temporaries)
    let input = Input(
      path: try folder.write(preprocessed).string, name: Self.argument(file), text: text,
      preprocessed: preprocessed, filesRead: made.filesRead.sorted(), isOverlay: made.isOverlay)
    return try await compile(input)
  }

  /// What dtc is given to read.
  struct Input: Sendable {
    /// Of the source, or of what cpp made of it.
    let path: String
    /// What the user calls the source.
    let name: String
    let text: [UInt8]
    let preprocessed: [UInt8]?
    /// By cpp.
    let filesRead: [String]
    let isOverlay: Bool
  }

  /// Where a file lies, as a program is told it.
  static func folder(of file: FilePath) -> FilePath {
    let folder = file.removingLastComponent()
    return folder.isEmpty ? "." : folder
  }

  /// A path that no program takes for an option.
  static func argument(_ path: FilePath) -> String {
    path.string.hasPrefix("-") ? "./" + path.string : path.string
  }
}

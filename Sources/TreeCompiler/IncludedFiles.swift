import Diagnostics
import Glibc
import SystemPackage
import TreeSource

/// The files that a source asks for, looked at before cpp and dtc open them: a pipe or a device
/// among them could be waited for, or read, for ever.
///
/// Names that macros make are not seen here; for those there is the time limit.
struct IncludedFiles {
  private let source: FilePath
  private let includePaths: [FilePath]

  init(of source: FilePath, includePaths: [FilePath]) {
    self.source = source
    self.includePaths = includePaths
  }

  /// More than any source has; what comes after is left to cpp.
  private static let most = 1000

  /// - Throws: `refused`, with a finding at the line that asks for something else than a file.
  func check(_ includes: [SourceInclude]) throws(TreeCompilerError) {
    var waiting = [(file: source, includes: includes)]
    var seen: Set<FilePath> = [source]
    while let (file, includes) = waiting.popLast() {
      for include in includes {
        guard let (path, mode) = find(include, in: file) else { continue }
        guard mode == S_IFREG else {
          throw .refused([Self.refusal(of: include, in: file, mode)])
        }
        guard include.kind != .binary, seen.count < Self.most, seen.insert(path).inserted,
          let text = try? SourceReader.read(path)
        else { continue }
        waiting.append((path, SourceShape(text).includes))
      }
    }
  }

  /// The first that there is, where cpp or dtc would look. Both pass over folders.
  private func find(
    _ include: SourceInclude, in file: FilePath
  ) -> (path: FilePath, mode: mode_t)? {
    var folders = includePaths
    // Whichever program looks, it is told the source's own folder as well.
    folders.append(source.removingLastComponent())
    if include.kind != .bracketed { folders.insert(file.removingLastComponent(), at: 0) }
    for folder in folders {
      let path = folder.pushing(FilePath(include.name))
      var status = stat()
      guard stat(path.string, &status) == 0 else { continue }
      let mode = status.st_mode & S_IFMT
      if mode != S_IFDIR { return (path, mode) }
    }
    return nil
  }

  private static func refusal(
    of include: SourceInclude, in file: FilePath, _ mode: mode_t
  ) -> Finding {
    let kind =
      switch mode {
      case S_IFIFO: "a pipe"
      case S_IFCHR, S_IFBLK: "a device"
      default: "no regular file"
      }
    return Finding(
      Complaints.syntax, .error,
      "`\(include.name)` is \(kind), which could be read for ever",
      at: Finding.Place(
        file: TreeCompiler.argument(file), line: include.line, column: include.column),
      help: "include a file of source text")
  }
}

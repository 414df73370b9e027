import Diagnostics
import OutsideTools
import Packages
import Subprocess
import Synchronization
import SystemPackage
import Testing

/// A folder with shell scripts named apt-get and apt-cache, and a cache for a repository that uses
/// them. The folder is removed with its contents.
final class FakeApt: Sendable {
  let folder: FilePath
  private let temporary: TemporaryFolder
  private let said = Mutex<[Diagnostic]>([])

  /// The scripts' bodies. `$command` is apt's command, `$last` the last argument, `$lists` the
  /// folder of the indexes; each command is noted in `calls`.
  init(get: String = "", cache: String = "") async throws {
    temporary = try TemporaryFolder()
    folder = FilePath(temporary.path)
    try await shell("mkdir bin")
    try await install(get, as: "apt-get")
    try await install(cache, as: "apt-cache")
  }

  func install(_ body: String, as program: String) async throws {
    let script = """
      #!/bin/sh
      PATH=/usr/bin:/bin
      for word; do
        case $word in
          update|download|show|pkgnames) command=$word ;;
          Dir::State::lists=*) lists=${word#*=} ;;
        esac
        last=$word
      done
      echo "$command $last" >> \(folder)/calls
      \(body)

      """
    let path = folder.appending("bin").appending(program)
    let file = try FileDescriptor.open(
      path, .writeOnly, options: [.create, .truncate], permissions: [.ownerReadWriteExecute])
    try file.closeAfter { _ = try file.writeAll(script.utf8) }
  }

  func repository(offline: Bool = false) -> DebianRepository {
    DebianRepository(
      cache: folder.appending("cache"), offline: offline,
      searchPath: folder.appending("bin").string,
      log: { [self] said in self.said.withLock { $0.append(said) } })
  }

  var warnings: [Diagnostic] { said.withLock { $0.filter { $0.severity == .warning } } }

  /// Runs a shell script in the folder and returns what it prints.
  @discardableResult
  func shell(_ script: String) async throws -> String {
    let result = try await run(
      .path("/bin/sh"), arguments: ["-euc", script], workingDirectory: folder,
      output: .string(limit: 1 << 20), error: .string(limit: 1 << 16))
    try #require(
      result.terminationStatus.isSuccess, "\(script)\nfailed: \(result.standardError)")
    return result.standardOutput
  }

  /// The diagnostic of the error that `body` must throw.
  func failure(
    sourceLocation: SourceLocation = #_sourceLocation,
    of body: (DebianRepository) async throws(PackageError) -> Void
  ) async throws -> Diagnostic {
    do throws(PackageError) {
      try await body(repository())
    } catch {
      return error.diagnostic
    }
    throw Missing()
  }

  struct Missing: Error, CustomStringConvertible {
    var description: String { "an error was expected, and none came" }
  }
}

import Subprocess
import SystemPackage

/// The programs of apt that are used.
enum AptProgram: String {
  case get = "apt-get"
  case cache = "apt-cache"
}

/// How a run of apt ended.
struct AptOutcome {
  let program: AptProgram
  let succeeded: Bool
  let output: String
  let errors: String
}

extension DebianRepository {
  private var configuration: AptConfiguration {
    AptConfiguration(folder: aptFolder, architecture: architecture)
  }

  /// Runs apt with this repository's state. Only what keeps it from running at all throws; its
  /// own failures are in the outcome. The caller holds the lock.
  func apt(
    _ program: AptProgram, _ arguments: [String], in folder: FilePath? = nil
  ) async throws(PackageError) -> AptOutcome {
    try prepare()
    var variables: [Environment.Key: String?] = ["LC_ALL": "C", "LANGUAGE": nil]
    if let searchPath { variables["PATH"] = searchPath }
    do {
      let result = try await run(
        .name(program.rawValue), arguments: Arguments(configuration.arguments + arguments),
        environment: .inherit.updating(variables), workingDirectory: folder ?? aptFolder,
        output: .string(limit: Self.mostOutput), error: .string(limit: Self.mostOutput))
      return AptOutcome(
        program: program, succeeded: result.terminationStatus.isSuccess,
        output: result.standardOutput, errors: result.standardError)
    } catch {
      guard let failure = error as? SubprocessError, failure.code == .executableNotFound else {
        throw .cannotRun(program.rawValue, reason: "\(error)")
      }
      throw .aptMissing(program.rawValue)
    }
  }

  private func prepare() throws(PackageError) {
    let configuration = configuration
    for folder in configuration.folders { try CacheFile.makeFolders(folder) }
    try CacheFile.write(configuration.text, to: configuration.file)
    try CacheFile.write("", to: configuration.status)
  }

  /// The longest honest answer is the list of all names, below 2 MB.
  private static let mostOutput = 16 << 20
}

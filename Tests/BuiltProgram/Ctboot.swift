public import Foundation
public import Subprocess
import SystemPackage

/// The program as it was built beside the tests, run as a person runs it.
public enum Ctboot {
  /// What a run said and how it ended.
  public struct Outcome: Sendable, Equatable {
    /// The exit status; 128 and the signal's number where one ended it, as a shell says it.
    public let status: Int32
    public let output: String
    public let errors: String
  }

  /// The tests' own program lies in the folder of the build, and so does ctboot.
  public static func program() throws -> String {
    let runner = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let program = (runner as NSString).deletingLastPathComponent + "/ctboot"
    guard FileManager.default.isExecutableFile(atPath: program) else {
      throw Missing(description: "there is no \(program): build it with `swift build`")
    }
    return program
  }

  struct Missing: Error, CustomStringConvertible {
    let description: String
  }

  /// Runs it to its end.
  ///
  /// - Parameters:
  ///   - folder: the working directory.
  ///   - environment: what differs from the tests' own environment; nil removes a variable.
  ///   - command: words in front, such as `["setpriv", "--reuid", "65534"]`; the program's own
  ///     path follows them.
  ///   - program: a copy of the program, to run in place of the one that was built.
  public static func run(
    _ arguments: [String], in folder: URL, environment: [String: String?] = [:],
    behind command: [String] = [], program: String? = nil
  ) async throws -> Outcome {
    try await run(
      arguments, in: folder, environment: environment, behind: command, program: program
    ) { _ in }
  }

  /// Runs it, while `body` does something to its process.
  public static func run(
    _ arguments: [String], in folder: URL, environment: [String: String?] = [:],
    behind command: [String] = [], program: String? = nil, during body: (pid_t) async throws -> Void
  ) async throws -> Outcome {
    let words = try command + [program ?? self.program()] + arguments
    var variables: [Environment.Key: String?] = [
      "CTBOOT_DATA": nil, "SOURCE_DATE_EPOCH": nil, "NO_COLOR": nil,
    ]
    for (name, value) in environment { variables[Environment.Key(stringLiteral: name)] = value }
    let executable: Executable =
      words[0].contains("/") ? .path(FilePath(words[0])) : .name(words[0])
    let result = try await Subprocess.run(
      executable, arguments: Arguments(Array(words.dropFirst())),
      environment: .inherit.updating(variables), workingDirectory: FilePath(folder.path),
      input: .none, output: .string(limit: 1 << 22), error: .string(limit: 1 << 22)
    ) { process in
      try await body(process.processIdentifier.value)
    }
    let status: Int32 =
      switch result.terminationStatus {
      case .exited(let code): code
      case .signaled(let signal): 128 + signal
      }
    return Outcome(
      status: status, output: result.standardOutput, errors: result.standardError)
  }
}

import Measures
import Subprocess
import SystemPackage

/// What a program said and how it ended.
struct ProgramRun: Sendable {
  let output: [UInt8]
  let messages: String
  let hasSucceeded: Bool

  /// Bytes of output and of messages that are taken. A tree of Linux has 0.1 MB, its annotated
  /// source 1 MB.
  static let mostOutput = ByteCount(64 << 20)
  static let mostMessages = ByteCount(16 << 20)
}

extension TreeCompiler {
  /// Runs a program to its end, without input, or ends it when its time is over.
  func run(
    _ program: TreeCompilerError.Program, _ arguments: [String]
  ) async -> Result<ProgramRun, TreeCompilerError> {
    let limit = timeLimit
    let first = await withTaskGroup(of: Result<ProgramRun, TreeCompilerError>?.self) { group in
      group.addTask { await Self.run(program, named: name(of: program), arguments) }
      group.addTask {
        try? await Task.sleep(for: limit)
        return nil
      }
      let first = await group.next() ?? nil
      group.cancelAll()
      return first
    }
    if Task.isCancelled { return .failure(.cancelled) }
    return first ?? .failure(.timedOut(program, after: limit))
  }

  private func name(of program: TreeCompilerError.Program) -> String {
    switch program {
    case .dtc: dtc
    case .cpp: cpp
    }
  }

  private static func run(
    _ program: TreeCompilerError.Program, named name: String, _ arguments: [String]
  ) async -> Result<ProgramRun, TreeCompilerError> {
    var options = PlatformOptions()
    // cpp leaves the work to another program, which has to end with it.
    options.processGroupID = 0
    options.teardownSequence = [
      .gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: .milliseconds(200))
    ]
    do {
      let result = try await Subprocess.run(
        name.contains("/") ? .path(FilePath(name)) : .name(name),
        arguments: Arguments(arguments),
        environment: .inherit.updating(["LC_ALL": "C", "LANGUAGE": nil]),
        platformOptions: options,
        output: .bytes(limit: Int(clamping: ProgramRun.mostOutput.rawValue)),
        error: .bytes(limit: Int(clamping: ProgramRun.mostMessages.rawValue)))
      if case .signaled(let signal) = result.terminationStatus {
        return .failure(.crashed(program, signal: Int32(signal)))
      }
      return .success(
        ProgramRun(
          output: result.standardOutput,
          messages: String(decoding: result.standardError, as: UTF8.self),
          hasSucceeded: result.terminationStatus.isSuccess))
    } catch {
      guard let failure = error as? SubprocessError else {
        return .failure(.process(program, reason: "\(error)"))
      }
      switch failure.code {
      case .executableNotFound: return .failure(.missing(program))
      case .outputLimitExceeded:
        return .failure(.tooMuchOutput(program, limit: ProgramRun.mostOutput))
      default: return .failure(.process(program, reason: "\(failure)"))
      }
    }
  }
}

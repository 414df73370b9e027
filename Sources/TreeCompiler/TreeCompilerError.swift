public import Diagnostics
public import Measures
public import SystemPackage

/// Why a source could not be compiled.
public enum TreeCompilerError: Error, Sendable, Hashable {
  /// The programs that are run.
  public enum Program: String, Sendable, Hashable, CaseIterable {
    case dtc
    case cpp
  }

  case cannotRead(FilePath, Errno)
  /// A folder, pipe or device.
  case notFile(FilePath)
  case tooLarge(FilePath, limit: ByteCount)
  /// cpp or dtc refuses the text; at least one finding says why.
  case refused([Finding])
  /// There is no such program.
  case missing(Program)
  case tooMuchOutput(Program, limit: ByteCount)
  case timedOut(Program, after: Duration)
  /// A signal ended it.
  case crashed(Program, signal: Int32)
  /// It could not be started or watched; the text is the system's.
  case process(Program, reason: String)
  /// A temporary file of ours.
  case temporary(FilePath, Errno)
  case cancelled
}

extension TreeCompilerError.Program {
  /// The package of Debian that brings it.
  public var package: String {
    switch self {
    case .dtc: "device-tree-compiler"
    case .cpp: "cpp"
    }
  }
}

extension TreeCompilerError: DiagnosticConvertible {
  public var diagnostic: Diagnostic {
    switch self {
    case .cannotRead(let path, let errno):
      Diagnostic(.error, "\(path) cannot be read: \(errno)")
    case .notFile(let path):
      Diagnostic(.error, "\(path) is no regular file", help: "name a file of source text")
    case .tooLarge(let path, let limit):
      Diagnostic(
        .error, "\(path) is larger than \(limit), which no source of a device tree is",
        help: "name a file of source text")
    case .refused(let findings): Self.summary(findings)
    case .missing(let program):
      Diagnostic(
        .error, "\(program.rawValue), which compiles device trees, is not installed",
        help: "apt-get install \(program.package)")
    case .tooMuchOutput(let program, let limit):
      Diagnostic(
        .error, "\(program.rawValue) has more than \(limit) to say about this source",
        help: "look for a macro or an include that feeds itself")
    case .timedOut(let program, let duration):
      Diagnostic(
        .error, "\(program.rawValue) did not end within \(duration)",
        help: "look for a macro or an include that feeds itself, or a file that is no file")
    case .crashed(let program, let signal):
      Diagnostic(
        .error, "\(program.rawValue) crashed on this source (signal \(signal))",
        help: "run it by hand, and tell its authors")
    case .process(let program, let reason):
      Diagnostic(.error, "\(program.rawValue) could not be run: \(reason)")
    case .temporary(let path, let errno):
      Diagnostic(
        .error, "\(path) cannot be written: \(errno)", help: "set TMPDIR to a folder with room")
    case .cancelled: Diagnostic(.error, "the compilation was stopped before its end")
    }
  }

  private static func summary(_ findings: [Finding]) -> Diagnostic {
    guard let first = findings.first else {
      return Diagnostic(.error, "the source cannot be compiled")
    }
    let span = first.place.line.map {
      SourceSpan(file: first.place.file, line: $0, column: first.place.column ?? 1)
    }
    return Diagnostic(
      first.severity, first.message, at: span,
      notes: findings.dropFirst().map { "\($0.place): \($0.message)" }, help: first.help)
  }
}

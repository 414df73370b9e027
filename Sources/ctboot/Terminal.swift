import Diagnostics
import Foundation
import Reports

/// Where the program's words go: data to standard output, talk to standard error.
struct Terminal: Sendable {
  /// How much is said.
  enum Volume: Sendable, Comparable { case quiet, normal, verbose }

  let colour: Bool
  let volume: Volume

  /// Colour where standard error is a terminal and NO_COLOR is not set.
  static var standard: Terminal { Terminal(colour: .auto, volume: .normal) }

  init(colour: ColourChoice, volume: Volume) {
    let environment = ProcessInfo.processInfo.environment
    self.colour =
      switch colour {
      case .always: true
      case .never: false
      case .auto: isatty(STDERR_FILENO) == 1 && (environment["NO_COLOR"] ?? "").isEmpty
      }
    self.volume = volume
  }

  /// Talk of the given severity; information only when asked for with `-v`.
  func show(_ diagnostic: Diagnostic) {
    switch diagnostic.severity {
    case .info where volume < .verbose, .warning where volume < .normal: return
    default: Self.write(DiagnosticText(colour: colour).text(diagnostic) + "\n", to: stderrHandle)
    }
  }

  /// A line of talk.
  func say(_ line: String) {
    if volume > .quiet { Self.write(line + "\n", to: stderrHandle) }
  }

  /// Data, as it is.
  func output(_ text: String) { Self.write(text, to: .standardOutput) }

  private var stderrHandle: FileHandle { .standardError }

  private static func write(_ text: String, to handle: FileHandle) {
    try? handle.write(contentsOf: Data(text.utf8))
  }
}

/// `--color`.
enum ColourChoice: String, CaseIterable, Sendable {
  case auto, always, never
}

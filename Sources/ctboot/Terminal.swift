import Diagnostics
import Foundation
import Reports
import SystemPackage

/// Where the program's words go: data to standard output, talk to standard error.
struct Terminal: Sendable {
  /// How much is said.
  enum Volume: Sendable, Comparable { case quiet, normal, verbose }

  let colour: Bool
  /// Whether data is coloured: where standard output is a terminal, too.
  let coloursOutput: Bool
  let volume: Volume

  /// Colour where standard error is a terminal and NO_COLOR is not set.
  static var standard: Terminal { Terminal(colour: .auto, volume: .normal) }

  init(colour: ColourChoice, volume: Volume) {
    func isWanted(on descriptor: CInt) -> Bool {
      switch colour {
      case .always: true
      case .never: false
      case .auto: isatty(descriptor) == 1 && (Environment.value("NO_COLOR") ?? "").isEmpty
      }
    }
    self.colour = isWanted(on: STDERR_FILENO)
    coloursOutput = isWanted(on: STDOUT_FILENO)
    self.volume = volume
  }

  /// As `-q` and `-v` say.
  init(colour: ColourChoice, quiet: Bool, verbose: Bool) {
    self.init(colour: colour, volume: quiet ? .quiet : verbose ? .verbose : .normal)
  }

  /// Talk of the given severity; information only when asked for with `-v`.
  func show(_ diagnostic: Diagnostic) {
    switch diagnostic.severity {
    case .info where volume < .verbose, .warning where volume < .normal: return
    default: Self.talk(DiagnosticText(colour: colour).text(diagnostic) + "\n")
    }
  }

  /// A line of talk.
  func say(_ line: String) {
    if volume > .quiet { Self.talk(line + "\n") }
  }

  /// Data, as it is. What cannot be written ends the command: half an answer is worse than none.
  func output(_ text: String) { output(Array(text.utf8)) }

  func output(_ bytes: [UInt8]) {
    guard LostOutput.reason == nil else { return }
    do {
      _ = try FileDescriptor.standardOutput.writeAll(bytes)
    } catch {
      LostOutput.note(error)
      Interruption.cancel()
    }
  }

  /// Talk that nobody hears is no reason to stop.
  private static func talk(_ text: String) {
    _ = try? FileDescriptor.standardError.writeAll(text.utf8)
  }
}

/// `--color`.
enum ColourChoice: String, CaseIterable, Sendable {
  case auto, always, never
}

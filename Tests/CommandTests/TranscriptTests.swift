import BuiltProgram
import Foundation
import OutsideTools
import Testing

/// The README's transcript is what a user sees, and the made pages are what the program says.
@Suite struct TranscriptTests {
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// A command of a transcript with the lines that it prints.
  struct Step: Sendable {
    let command: String
    var expected: [String] = []
  }

  /// The steps of each `console` block of the README; each begins in a folder of its own.
  static func transcripts() throws -> [[Step]] {
    transcripts(in: try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8))
  }

  /// The steps of a page's first `console` block.
  static func steps(in page: String) -> [Step] { transcripts(in: page).first ?? [] }

  private static func transcripts(in page: String) -> [[Step]] {
    page.matches(of: /```console\n((?:[^`]|`[^`])*?)```/).map { steps($0.output.1) }
  }

  private static func steps(_ block: Substring) -> [Step] {
    var steps: [Step] = []
    for line in block.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("$ ") {
        steps.append(Step(command: String(line.dropFirst(2))))
      } else if !steps.isEmpty {
        steps[steps.count - 1].expected.append(String(line))
      }
    }
    if let last = steps.last?.expected.last, last.isEmpty {
      steps[steps.count - 1].expected.removeLast()
    }
    return steps
  }

  /// Runs a line of shell with the built program on its PATH and the user's cache of packages.
  static func shell(_ line: String, in folder: URL) throws -> OutsideTool.Result {
    let programs = URL(filePath: try Ctboot.program()).deletingLastPathComponent().path
    let environment = ProcessInfo.processInfo.environment
    let cache = environment["XDG_CACHE_HOME"] ?? (environment["HOME"] ?? "") + "/.cache"
    return try OutsideTool.run(
      "sh", ["-c", "export PATH='\(programs)':$PATH XDG_CACHE_HOME='\(cache)'; \(line)"], in: folder
    )
  }

  @Test func theREADMEIsTrue() throws {
    let transcripts = try Self.transcripts()
    #expect(transcripts.joined().count >= 8)
    for steps in transcripts {
      try OutsideTool.withTemporaryFolder { folder in
        for step in steps {
          let result = try Self.shell(step.command, in: folder)
          let seen = result.output.split(separator: "\n").map(String.init)
          #expect(
            seen.count == step.expected.count
              && zip(seen, step.expected).allSatisfy { Self.matches($0, $1) },
            "`\(step.command)` printed:\n\(result.output)")
        }
      }
    }
  }

  /// `…` in the README stands for any text; blanks in front of it are of no consequence.
  static func matches(_ seen: String, _ expected: String) -> Bool {
    let parts = expected.split(separator: "…", omittingEmptySubsequences: false)
    guard parts.count == 2 else { return seen == expected }
    let (before, after) = (String(parts[0]), String(parts[1]))
    let blank = before.allSatisfy { $0 == " " }
    return (blank || seen.hasPrefix(before)) && seen.hasSuffix(after)
      && seen.count >= after.count
  }

  @Test func madePagesAreCurrent() throws {
    let pages =
      ["boards.md", "commands.md"]
      + (try FileManager.default.contentsOfDirectory(
        atPath: Self.root.appending(path: "Docs/rules").path)).sorted().map { "rules/\($0)" }
    #expect(pages.count >= 12)
    try OutsideTool.withTemporaryFolder { folder in
      try FileManager.default.createDirectory(
        at: folder.appending(path: "Docs"), withIntermediateDirectories: true)
      let script = folder.appending(path: "Docs/refresh")
      try FileManager.default.copyItem(
        at: Self.root.appending(path: "Docs/refresh"), to: script)
      let result = try Self.shell("CTBOOT=$(command -v ctboot) Docs/refresh", in: folder)
      #expect(result.status == 0, "\(result.output)")
      for page in pages {
        let made = try String(
          contentsOf: folder.appending(path: "Docs/\(page)"), encoding: .utf8)
        let kept = try String(
          contentsOf: Self.root.appending(path: "Docs/\(page)"), encoding: .utf8)
        #expect(made == kept, "Docs/\(page) is out of date: run `make docs`")
      }
    }
  }
}

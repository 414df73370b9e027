import BuiltProgram
import Foundation
import OutsideTools
import Testing

/// The linter on all trees of Debian's kernel package: it does not cry wolf.
@Suite struct RealTreeTests {
  private struct Report: Decodable {
    let findings: [Finding]
  }

  private struct Finding: Decodable {
    let rule: String
    let severity: String
    let file: String
    let node: String?
  }

  private static func lint(_ options: String, _ folder: URL) throws -> [Finding] {
    let command =
      "ctboot lint --format json --fail-on never \(options) '\(folder.path)' 2>/dev/null"
    let result = try TranscriptTests.shell(command, in: folder)
    try #require(result.status == 0, "\(result.output.prefix(1000))")
    return try JSONDecoder().decode(Report.self, from: Data(result.output.utf8)).findings
  }

  /// The errors that the page about real trees lists: `| tree | node | rule | … |`.
  private static func listed() throws -> Set<String> {
    let page = try String(
      contentsOf: TranscriptTests.root.appending(path: "Docs/real-trees.md"), encoding: .utf8)
    let rows = page.split(separator: "\n").filter { $0.hasPrefix("| `") && $0.contains(".dtb`") }
      .map { row in
        row.split(separator: "|").prefix(3).map {
          $0.trimmingCharacters(in: CharacterSet(charactersIn: " `"))
        }
      }
    return Set(rows.map { $0.joined(separator: " ") })
  }

  /// Whatever is an error on any machine with any system is a fault of that tree, looked at by hand.
  @Test func everyErrorIsAFaultThatSomebodyLookedAt() async throws {
    let trees = try await DebianFile.trees()
    let folder = try #require(trees.first).deletingLastPathComponent()
    let errors = try Self.lint("", folder).filter { $0.severity == "error" }.map { finding in
      let name = finding.file.split(separator: "/").last ?? ""
      return "\(name) \(finding.node ?? "") \(finding.rule)"
    }
    #expect(Set(errors) == (try Self.listed()))
  }

  /// The board that all of this is for boots with its tree, once a script has told Xen the rest.
  @Test func theCubietrucksTreeIsSound() async throws {
    let tree = try await DebianFile.tree("sun7i-a20-cubietruck").url()
    let result = try TranscriptTests.shell(
      "ctboot lint --xen 4.17 --ignore dtc --format json '\(tree.path)' 2>/dev/null",
      in: tree.deletingLastPathComponent())
    #expect(result.status == 0)
    let report = try JSONDecoder().decode(Report.self, from: Data(result.output.utf8))
    #expect(report.findings.map(\.rule) == ["xen-cmdline-present"])
  }
}

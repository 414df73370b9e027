import BootScriptLint
import Diagnostics
import Foundation
import Testing

/// What ctboot composes itself has nothing that its own linter complains of.
@Suite struct ComposedScriptTests {
  private static let rules = Set(ScriptRuleCatalogue.cards.map(\.id))
  private static let folder = ShippedBoards.root.appending(path: "Tests/boot-scripts")

  static func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  @Test(arguments: try names()) func nothingIsFound(name: String) throws {
    let kind = try #require(ScriptKind(name: name))
    let text = try String(contentsOf: Self.folder.appending(path: name), encoding: .utf8)
    var target = RuleExample.Target(
      xen: name.hasPrefix("xen") || name.hasPrefix("dom0less") ? "4.17" : nil, board: "cubietruck")
    target.isForLegacyBootloader = name.hasPrefix("legacy")
    var rules = Self.rules
    // These are meant to boot from the network.
    if name.contains("tftp") { rules.remove("script-left-over") }
    let linter = ScriptLinter(for: try ScriptTarget(target), rules: rules)
    #expect(linter.lint(Array(text.utf8), file: name, kind: kind).findings == [])
  }

  @Test func allAreThere() throws { #expect(try Self.names().count >= 13) }
}

import BootImages
import BuiltProgram
import Foundation
import Rehearsal
import Testing

/// The modelled U-Boot against the real one: every fragment runs in both, and both have to end the same
/// way, print the same, and leave the same variables and bytes behind.
@Suite(.timeLimit(.minutes(6))) struct DifferentialTests {
  static let families = Result {
    try Fragment.all().map(\.family).reduce(into: [String]()) { families, family in
      if families.last != family { families.append(family) }
    } + ["flow"]
  }

  @Test(arguments: try families.get())
  func modelAndRealAgree(family: String) async throws {
    let comparison = try await Comparison.shared()
    for fragment in comparison.fragments where fragment.family == family {
      switch (comparison.verdict(on: fragment), fragment.difference) {
      case (.agrees, nil), (.awaits, nil), (.differs, _?), (.awaits, _?): break
      case (.agrees, let reason?):
        Issue.record("\(fragment.name): both agree, and should differ: \(reason)")
      case (.differs, nil): Issue.record("\(comparison.views(of: fragment))")
      }
    }
  }

  /// A kernel that was entered was entered with a tree, and U-Boot did not stay silent.
  @Test func observationsAreWhole() async throws {
    let comparison = try await Comparison.shared()
    for (name, seen) in comparison.real where seen.ending == .jumped {
      #expect(seen.tree?.contains("/dts-v1/") == true, "\(name): no tree was found at the jump")
      #expect(seen.entry != nil)
    }
    let jumps = comparison.real.values.filter { $0.ending == .jumped }
    #expect(jumps.count > 8)
    let silent = comparison.real.values.filter { $0.printed.isEmpty }
    #expect(silent.count < comparison.real.count / 10)
  }

  @Test func thereAreEnoughFragments() throws {
    let written = try Fragment.written()
    for (family, fragments) in Dictionary(grouping: written, by: \.family) {
      #expect(fragments.count >= 15, "\(family) has only \(fragments.count) fragments")
    }
    let names = try Fragment.all().map(\.name)
    #expect(Set(names).count == names.count)
    let made = Surprise.fragments().count + RandomScript.fragments().count
    #expect(Surprise.tries >= 15)
    #expect(made * 3 >= names.count)
  }

  /// The commands that are read out of the program are those that its `help` lists.
  @Test func theTableOfCommandsIsRead() async throws {
    let comparison = try await Comparison.shared()
    let program = Array(try await DebianFile.firmware.data())
    let table = UBootCommandTable(searching: program.span.bytes, linkedFor: 0)
    // `?` is no name that the test's own reading of `help` knows.
    #expect(Set(table?.names ?? []).subtracting(["?"]) == comparison.commands)
  }

  /// What the model has got is waited for no more.
  @Test func nothingIsAwaitedThatIsThere() {
    let played = Set(RehearsedCommands.all.flatMap { $0.names })
    #expect(Comparison.awaited.intersection(played) == [])
  }

  /// Each documented difference is in the book, under its key.
  @Test func differencesAreDocumented() throws {
    let page = Fragment.folder.deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Docs/rehearsal.md")
    let text = try String(contentsOf: page, encoding: .utf8)
    let keys = Set(try Fragment.all().compactMap(\.difference))
    for key in keys { #expect(text.contains("| `\(key)` |"), "\(key) is not in Docs/rehearsal.md") }
    for match in text.matches(of: /\| `([a-z-]+)` \|/) {
      #expect(keys.contains(String(match.output.1)), "no fragment shows \(match.output.1)")
    }
  }
}

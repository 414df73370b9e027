import BuiltProgram
import DeviceTreeLint
import Diagnostics
import Foundation
import OutsideTools
import Testing

/// Our view of dtc's checks agrees with dtc's own: as often, and of the same nodes.
///
/// The dtc that is installed may be older than the one that we follow; what it does otherwise is
/// written down in `DTCChange` and in the fixtures.
@Suite struct DTCParityTests {
  @Test(arguments: DTCFixture.all)
  func aFixtureIsCountedAsByDTC(_ fixture: DTCFixture) throws {
    let version = try DTCVersion.installed()
    try OutsideTool.withTemporaryFolder { folder in
      let file = folder.appending(path: "fixture.dtb")
      try Data(ExampleTree(RuleExample(fixture.source)).bytes).write(to: file)
      let both = try DTCComparison(file, withOptional: fixture.needsOptional)
      #expect(both.counts == fixture.counts.filter { DTCChecks.ours.contains($0.key) })
      let theirs = both.theirCounts
      let expected = fixture.counts(of: version)
      #expect(
        theirs == expected.filter { DTCChecks.isMade($0.key, stoppedBy: both.dtc.stop) },
        "dtc \(version) said\n\(both.dtc.output)")
      if fixture.counts == expected { #expect(both.differences.map(\.description) == []) }
    }
  }

  /// The examples of a check's page show what dtc finds.
  @Test(arguments: Example.all)
  func anExampleIsCountedAsByDTC(_ example: Example) throws {
    let version = try DTCVersion.installed()
    try OutsideTool.withTemporaryFolder { folder in
      let file = folder.appending(path: "example.dtb")
      try Data(ExampleTree(example.example).bytes).write(to: file)
      let both = try DTCComparison(file, withOptional: example.card.isOptional)
      let tree = try #require(both.tree)
      let left = both.differences.filter { !DTCChange.explains($0, in: tree, with: version) }
      #expect(left.map(\.description) == [], "dtc \(version) said\n\(both.dtc.output)")
      #expect((both.counts[example.card.id.rawValue, default: 0] > 0) == example.isBad)
    }
  }

  struct Example: Sendable, CustomTestStringConvertible {
    let card: RuleCard
    let example: RuleExample
    let isBad: Bool

    var testDescription: String { "\(card.id), \(isBad ? "bad" : "good")" }

    static let all = RuleCatalogue.cards.filter { card in
      card.family == .dtc && !RuleCatalogue.judgedByDTC.contains(card.id)
        && !RuleCatalogue.steps.contains(card.id)
    }.flatMap { card in
      card.bad.map { Example(card: card, example: $0, isBad: true) }
        + card.good.map { Example(card: card, example: $0, isBad: false) }
    }.filter { $0.example.patches.isEmpty }
  }

  /// All trees of Debian's kernel package.
  @Test(arguments: [false, true])
  func realTreesAreCountedAsByDTC(withOptional: Bool) async throws {
    let version = try DTCVersion.installed()
    let trees = try await DebianFile.trees()
    #expect(trees.count > 800)
    for file in trees {
      let both = try DTCComparison(file, withOptional: withOptional)
      let name = file.lastPathComponent
      let tree = try #require(both.tree)
      let left = both.differences.filter {
        !DTCChange.explains($0, in: tree, with: version)
      }
      #expect(left.map(\.description) == [], "\(name)")
    }
  }

  @Test func everyCheckIsOneOfDTCs() {
    #expect(DTCChecks.ours.subtracting(DTCChecks.table) == [])
    let optional = RuleCatalogue.cards.filter { $0.family == .dtc && $0.isOptional }
    #expect(optional.allSatisfy { DTCChecks.optional.contains($0.id.rawValue) })
  }

  /// dtc reads on behind the end here, and says something of what lies there.
  @Test func aRangesThatIsTooShortIsToldOfOnce() throws {
    let tree = try ExampleTree(
      """
      / {
        #address-cells = <1>; #size-cells = <1>;
        soc {
          compatible = "simple-bus"; #address-cells = <1>; #size-cells = <1>; ranges;
          bus@0 { #address-cells = <2>; #size-cells = <1>; ranges = <0 0>; };
        };
      };
      """)
    let linter = Linter(selection: try RuleSelection(select: ["dtc"], ignore: []))
    let found = linter.lint(tree.bytes, file: "short.dtb")
    #expect(found.map(\.rule) == ["ranges_format"])
  }

  /// `Docs/dtc-parity.md` tells of each difference, with the release.
  @Test func theDocumentTellsOfEachChange() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let lines = try String(
      contentsOf: root.appending(path: "Docs/dtc-parity.md"), encoding: .utf8
    ).split(separator: "\n")
    for change in DTCChange.all {
      #expect(
        lines.contains { $0.contains("`\(change.check)`") && $0.contains("| \(change.since) |") },
        "\(change.check), \(change.since)")
    }
    // Each is shown by a fixture.
    for change in DTCChange.all {
      #expect(
        DTCFixture.all.contains { fixture in
          fixture.others.contains { $0.version == change.since }
        }, "\(change.check), \(change.since)")
    }
  }
}

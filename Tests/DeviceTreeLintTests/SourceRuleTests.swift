import DeviceTreeLint
import Diagnostics
import Foundation
import OutsideTools
import Testing

/// Checks that dtc alone makes, on a source: their examples are held against dtc.
@Suite struct SourceRuleTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let card: RuleCard
    let example: RuleExample

    var testDescription: String { card.id.rawValue }

    static func bad(_ ids: Set<RuleID>) -> [Case] {
      cards(ids).flatMap { card in card.bad.map { Case(card: card, example: $0) } }
    }

    static func good(_ ids: Set<RuleID>) -> [Case] {
      cards(ids).flatMap { card in card.good.map { Case(card: card, example: $0) } }
    }

    private static func cards(_ ids: Set<RuleID>) -> [RuleCard] {
      RuleCatalogue.cards.filter { ids.contains($0.id) }
    }

    /// What dtc says of the example's source, and how it ends.
    func compile(_ options: [String] = []) throws -> OutsideTool.Result {
      try OutsideTool.withTemporaryFolder { folder in
        let file = folder.appending(path: "example.dts")
        let source = example.unmarked
        try ("/dts-v1/;\n" + source).write(to: file, atomically: true, encoding: .utf8)
        return try OutsideTool.run(
          "dtc", ["-I", "dts", "-O", "dtb", "-o", "/dev/null"] + options + [file.path])
      }
    }

    /// The marked lines of the example, as dtc counts them.
    var markedLines: Set<Int> {
      let lines = example.source.split(separator: "\n", omittingEmptySubsequences: false)
      return Set(lines.indices.filter { lines[$0].contains("«") }.map { $0 + 2 })
    }
  }

  @Test(arguments: Case.bad(RuleCatalogue.judgedByDTC))
  func aBadExampleIsRefusedByDTCWhereItIsMarked(_ example: Case) throws {
    let result = try example.compile()
    #expect(result.status != 0, "\(result.output)")
    // `…/example.dts:4.3-25: ERROR (duplicate_label): …`
    let lines = result.output.matches(of: #/dts:(\d+)\.\d+[-.\d]*: ERROR \((\w+)\): /#)
      .filter { $0.output.2 == example.card.id.rawValue }
      .compactMap { Int($0.output.1) }
    #expect(Set(lines) == example.markedLines, "\(result.output)")
  }

  /// A step passes on that one before it has failed. What is an error otherwise is made a warning:
  /// dtc goes no further behind an error.
  @Test(arguments: Case.bad(RuleCatalogue.steps))
  func aStepIsNotMadeWhereOneBeforeItFailed(_ example: Case) throws {
    let name = example.card.id.rawValue
    let options = example.card.after.flatMap { ["-E", "no-\($0)"] } + ["-W", name]
    let output = try example.compile(options).output
    #expect(output.contains("(\(name)): Failed prerequisite"), "\(output)")
  }

  @Test(arguments: Case.good(RuleCatalogue.judgedByDTC.union(RuleCatalogue.steps)))
  func aGoodExampleIsTakenByDTC(_ example: Case) throws {
    let result = try example.compile()
    #expect(result.status == 0, "\(result.output)")
    #expect(!result.output.contains("(\(example.card.id))"), "\(result.output)")
  }

  /// The linter knows the ids, so that they can be selected, ignored and explained.
  @Test(arguments: Case.bad(RuleCatalogue.judgedByDTC.union(RuleCatalogue.steps)))
  func theLinterSaysNothingOfThem(_ example: Case) throws {
    let selection = try RuleSelection(select: [example.card.id.rawValue], ignore: [])
    let tree = try ExampleTree(example.example)
    #expect(Linter(selection: selection).lint(tree.bytes, file: "example.dtb") == [])
  }
}

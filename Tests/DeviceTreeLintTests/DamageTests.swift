import DeviceTreeLint
import Diagnostics
import Testing

/// A damaged blob is told of, whichever rules are asked for.
@Suite struct DamageTests {
  private static let cut = [UInt8](
    [0xD0, 0x0D, 0xFE, 0xED, 0, 0, 1, 0] + [UInt8](repeating: 0, count: 60))

  @Test(arguments: ["dtc", "interrupts", "irq-spi-flag", "tree"]) func isNotFoundClean(
    selected: String
  ) throws {
    let linter = Linter(selection: try RuleSelection(select: [selected], ignore: []))
    let findings = linter.lint(Self.cut, file: "cut.dtb")
    #expect(findings.contains { $0.severity == .error }, "\(findings)")
  }

  @Test func norWhereTheFormIsIgnored() throws {
    let linter = Linter(selection: try RuleSelection(select: [], ignore: ["structure"]))
    #expect(linter.lint(Self.cut, file: "cut.dtb").contains { $0.severity == .error })
  }

  /// One rule of the form that is left out is a person's own choice.
  @Test func oneRuleCanBeLeftOut() throws {
    let all = Linter().lint(Self.cut, file: "cut.dtb")
    let rule = try #require(all.first { $0.severity == .error }).rule
    let linter = Linter(selection: try RuleSelection(select: [], ignore: [rule.rawValue]))
    #expect(!linter.lint(Self.cut, file: "cut.dtb").contains { $0.rule == rule })
  }
}

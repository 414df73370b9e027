import DeviceTreeLint
import Diagnostics
import Testing
import TreeSource

/// What is accepted of the findings.
@Suite struct AllowanceTests {
  @Test func onlyWhatIsUsedStaysQuiet() {
    let comments = [
      "f.dts": SourceAllowances(
        "// ctboot-lint: allow(a): one\nx;\n// ctboot-lint: allow(b): two\ny;")
    ]
    let finding = Finding("a", .error, "m", at: Finding.Place(file: "f.dts", line: 2))
    var acceptance = Acceptance()
    let (told, accepted) = acceptance.divide([finding], comments: comments)
    #expect(accepted.map(\.reason) == ["one"])
    #expect(told.map(\.rule) == ["allowance-unused"])
    #expect(told.map(\.place.line) == [3])
  }

  @Test func aBaselineAcceptsAsOftenAsItCounts() throws {
    let finding = Finding("a", .error, "m", at: Finding.Place(file: "f.dtb", node: "/x"))
    let text = try Baseline(of: [finding, finding]).text()
    let baseline = try Baseline(parsing: Array(text.utf8), file: "b.json")
    var acceptance = Acceptance(baseline: baseline)
    let (told, accepted) = acceptance.divide([finding, finding, finding], comments: [:])
    #expect(told.count == 1 && accepted.count == 2)
    #expect(acceptance.unused(baselineFile: "b.json").isEmpty)
    #expect(Acceptance(baseline: baseline).unused(baselineFile: "b.json").count == 1)
  }

  @Test func theProjectAcceptsByRuleFileAndNode() {
    func entry(_ rule: String, _ files: String, _ node: String?) -> Acceptance.Entry {
      Acceptance.Entry(
        rules: [PathPattern(rule)], files: PathPattern(files), node: node.map { PathPattern($0) },
        reason: "r", span: SourceSpan(file: "ctboot.yaml", line: 3, column: 7))
    }
    let finding = Finding(
      "irq-spi-flag", .error, "m", at: Finding.Place(file: "dts/a.dtb", node: "/soc/x"))
    for (accepts, entry) in [
      (true, entry("irq-*", "**/*.dtb", "/soc/**")), (true, entry("irq-spi-flag", "**", nil)),
      (false, entry("irq-*", "*.dtb", nil)), (false, entry("irq-*", "**", "/soc")),
      (false, entry("gic-*", "**", nil)),
    ] {
      var acceptance = Acceptance(entries: [entry])
      #expect(acceptance.divide([finding], comments: [:]).accepted.isEmpty != accepts)
      #expect(acceptance.unused(baselineFile: nil).isEmpty == accepts)
    }
  }

  @Test(arguments: [
    ("*.dtb", "a.dtb", true), ("*.dtb", "x/a.dtb", false), ("**/*.dtb", "x/y/a.dtb", true),
    ("**/*.dtb", "a.dtb", true), ("/soc/**", "/soc/a/b", true), ("/soc/**", "/soc", false),
    ("a?c", "abc", true), ("a?c", "a/c", false), ("**", "", true), ("", "", true), ("*", "", true),
    ("a*b*c", "axxbyyc", true), ("a*b*c", "axxbyy", false), ("**/**/**", "a", true),
  ])
  func patterns(pattern: String, path: String, fits: Bool) {
    #expect(PathPattern(pattern).matches(path) == fits)
  }
}

import Diagnostics
import Rulings
import Testing
import TreeSource

/// What is accepted of the findings.
@Suite struct AllowanceTests {
  @Test func onlyWhatIsUsedStaysQuiet() {
    let comments = [
      "f.dts": CommentAllowances(
        dts: "// ctboot-lint: allow(a): one\nx;\n// ctboot-lint: allow(b): two\ny;")
    ]
    let finding = Finding("a", .error, "m", at: Finding.Place(file: "f.dts", line: 2))
    var acceptance = Acceptance.of(["a", "b"])
    let (told, accepted) = acceptance.divide([finding], comments: comments)
    #expect(accepted.map(\.reason) == ["one"])
    #expect(told.map(\.rule) == ["allowance-unused"])
    #expect(told.map(\.place.line) == [3])
  }

  /// Each is told what to do about this very comment.
  @Test func commentsInAWrongPlace() {
    let comments = [
      "f.dts": CommentAllowances(
        dts: """
          x; // ctboot-lint: allow(a): behind
          y;
          // ctboot-lint: allow(b): before
          z;
          // ctboot-lint: allow(b)
          // ctboot-lint: allow(b): at the end
          """)
    ]
    var acceptance = Acceptance.of(["a", "b"])
    let told = acceptance.divide([], comments: comments).told
    #expect(
      told.map { "\($0.place.line ?? 0): \($0.message); \($0.help ?? "")" } == [
        "1: nothing of `a` is found where this comment allows it; put the comment before what it is "
          + "about: it speaks for what follows",
        "3: nothing of `b` is found where this comment allows it; take the comment out",
        "5: this comment is no allowance that can be read; write `ctboot-lint: allow(RULE): REASON` "
          + "before a node, property or command",
        "6: nothing follows that this comment could allow anything of; put it before the node or "
          + "property that it is about",
      ])
  }

  @Test func aBaselineAcceptsAsOftenAsItCounts() throws {
    let finding = Finding(
      "irq-spi-flag", .error, "m", at: Finding.Place(file: "f.dtb", node: "/x"))
    let text = try Baseline(of: [finding, finding]).text()
    let baseline = try Baseline(parsing: Array(text.utf8), file: "b.json")
    var acceptance = Acceptance.of(["irq-spi-flag"], baseline: baseline)
    let (told, accepted) = acceptance.divide([finding, finding, finding], comments: [:])
    #expect(told.count == 1 && accepted.count == 2)
    #expect(acceptance.unused(baselineFile: "b.json").isEmpty)
  }

  /// Of a file that was not looked at, or by a rule that was not asked, nothing is known.
  @Test(
    arguments: [
      (["f.dtb"], [], 1), ([], [], 0), (["g.dtb"], [], 0), (["f.dtb"], ["irq-spi-flag"], 0),
    ] as [([String], [String], Int)])
  func onlyWhatCouldBeFoundIsMissed(files: [String], ignored: [String], missed: Int) throws {
    let finding = Finding(
      "irq-spi-flag", .error, "m", at: Finding.Place(file: "f.dtb", node: "/x"))
    let book = RuleBook.of(["irq-spi-flag", "irq-flag-zero"])
    var acceptance = Acceptance(
      baseline: Baseline(of: [finding]), asked: try book.chosen(select: [], ignore: ignored),
      book: book)
    for file in files { acceptance.note(file) }
    #expect(acceptance.unused(baselineFile: "b.json").count == missed)
  }

  /// One file has one name for the baseline, whatever the user calls it.
  @Test func namesAreThoseOfTheBaseline() throws {
    let finding = Finding("irq-spi-flag", .error, "m", at: Finding.Place(file: "./x/../f.dtb"))
    let known = Baseline(of: [finding], named: { _ in "f.dtb" })
    var acceptance = Acceptance.of(
      ["irq-spi-flag"], baseline: known, nameInBaseline: { _ in "f.dtb" })
    #expect(acceptance.divide([finding], comments: [:]).told.isEmpty)
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
      var acceptance = Acceptance.of(["irq-spi-flag", "gic-cells"], entries: [entry])
      #expect(acceptance.divide([finding], comments: [:]).accepted.isEmpty != accepts)
      // What is meant for other files may be needed there.
      let isMeant = entry.files.matches("dts/a.dtb")
      #expect(acceptance.unused(baselineFile: nil).isEmpty == (accepts || !isMeant))
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

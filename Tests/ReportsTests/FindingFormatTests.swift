import Diagnostics
import Foundation
import Reports
import Testing

/// Each format once, as text, so that a change of it is seen as a difference.
@Suite struct FindingFormatTests {
  @Test func asText() throws {
    #expect(
      try FindingReport.sample.text(.text) == """
        ./ä/board.dts:3:4: error: the SPI has flag 8 [irq-spi-flag, dtc: interrupts_property]
          3 | /*ü*/interrupts = <0 32 8>;
            |    ^^^^^^^^^^^^^^^^^^^^^^
          in /mmc@1c0f000: interrupts
          help: write 4: level-high
          fix (safe): make it level-high
        a,b.dtb: /memory, offset 0x1a4: warning: a bank, without "device_type": 100 % [memory-node]
          note: Xen 4.20 panics
        x.dtb: note: a\\x1b[31m [file-unreadable]

        by rule
          1  info     file-unreadable  in 1 file
          1  error    irq-spi-flag     in 1 file
          1  warning  memory-node      in 1 file

        by file
          1  ./ä/board.dts
          1  a,b.dtb
          1  x.dtb

        4 files, 1 of them clean: 1 error, 1 warning, 1 note

        """)
  }

  /// Letters that are two columns wide, or none, and what is shown otherwise than it stands there.
  @Test(arguments: [
    ("/* \u{6E29}\u{5EA6} */ reg = <1>;", 10, "reg = <1>"), ("/* \u{1F525} */ reg;", 9, "reg"),
    ("/* e\u{301} */ reg;", 10, "reg"), ("/* \u{1F1E9}\u{1F1EA} */ reg;", 10, "reg"),
    ("\t/* \u{1} */ reg;", 10, "reg"), ("\"\u{AC00}\" reg", 5, "reg"),
  ])
  func theMarkStandsBelow(line: String, column: Int, marked: String) throws {
    let finding = Finding(
      "a", .error, "wrong",
      at: Finding.Place(
        file: "f", line: 1, column: column, endLine: 1, endColumn: column + marked.count))
    let report = FindingReport(
      files: [FindingReport.File(name: "f", findings: [finding])], sources: ["f": [line]],
      version: "0", cards: [])
    let lines = try report.text(.text).split(separator: "\n").map(String.init)
    let shown = try #require(lines.dropFirst().first)
    let mark = try #require(lines.dropFirst(2).first)
    let before = try #require(shown.range(of: marked)).lowerBound
    // What a terminal makes of the part before it.
    let wide = shown[..<before].unicodeScalars.reduce(0) { sum, scalar in
      switch scalar.value {
      case 0x301: sum
      case 0x6E29, 0x5EA6, 0x1F525, 0xAC00: sum + 2
      default: sum + 1
      }
    }
    #expect(
      mark == "    | " + String(repeating: " ", count: wide - 6)
        + String(repeating: "^", count: marked.count))
  }

  /// In a folder dtc's own warnings, and what one rule says over and over, would bury the rest.
  @Test func repetitionsAreCounted() throws {
    let style = RuleCard(
      id: "reg_format", family: .dtc, severity: .warning, summary: "", why: "", source: "",
      bad: [], good: [])
    let place = Finding.Place(file: "a.dtb")
    let many = (1...60).map { Finding("unit-address", .warning, "name \($0)", at: place) }
    let errors = (1...60).map { Finding("memory-node", .error, "bank \($0)", at: place) }
    let dtc = [
      Finding("reg_format", .warning, "style", at: place),
      Finding("reg_format", .error, "broken", at: place),
    ]
    var report = FindingReport(
      files: [
        FindingReport.File(name: "a.dtb", findings: many + errors + dtc),
        FindingReport.File(name: "b.dtb", findings: []),
      ], version: "0", cards: [style])
    #expect(try report.text(.text).contains("name 60"))
    report.countsRepetitions = true
    let text = try report.text(.text)
    #expect(text.contains("name 50 ") && !text.contains("name 51 "))
    #expect(text.contains("bank 60 ") && text.contains("broken") && !text.contains("style"))
    #expect(text.contains("60  warning  unit-address"))
    #expect(
      text.hasSuffix(
        "11 of them, warnings of dtc's own checks and what a rule says over and over, are only "
          + "counted: -v shows all\n"))
    report.files.removeLast()
    #expect(try report.text(.text).contains("style"), "one file is told whole")
    #expect(try report.text(.json).contains("name 60"))
  }

  @Test func asJSON() throws {
    let text = try FindingReport.sample.text(.json)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let findings = try #require(object["findings"] as? [[String: Any]])
    #expect(
      findings[0].keys.sorted() == [
        "aliases", "column", "file", "fingerprint", "fix", "help", "line", "message", "node",
        "property", "rule", "severity",
      ])
    #expect(
      findings[1].keys.sorted() == [
        "file", "fingerprint", "message", "node", "notes", "offset", "rule", "severity",
      ])
    #expect(findings[1]["offset"] as? Int == 0x1A4)
    let summary = try #require(object["summary"] as? [String: Int])
    #expect(summary == ["files": 4, "errors": 1, "warnings": 1, "infos": 1, "accepted": 1])
  }

  @Test func forGitHub() throws {
    #expect(
      try FindingReport.sample.text(.github) == """
        ::error file=./ä/board.dts,line=3,col=4,endLine=3,endColumn=26,title=irq-spi-flag::the SPI \
        has flag 8%0Ain /mmc@1c0f000: interrupts%0Awrite 4: level-high
        ::warning file=a%2Cb.dtb,title=memory-node::a bank, without "device_type": 100 %25%0Ain \
        /memory%0AXen 4.20 panics
        ::notice file=x.dtb,title=file-unreadable::a\\x1b[31m
        ctboot lint: 1 error, 1 warning, 1 note

        """)
  }

  @Test func forGitLab() throws {
    let text = try FindingReport.sample.text(.gitlab)
    let issues = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
    #expect(issues.map { $0["severity"] as? String } == ["major", "minor", "info"])
    #expect(issues[0]["check_name"] as? String == "irq-spi-flag")
    let location = try #require(issues[0]["location"] as? [String: Any])
    #expect(location["path"] as? String == "ä/board.dts")
    #expect((location["lines"] as? [String: Int])?["begin"] == 3)
  }

  /// GitLab drops the second of two with one fingerprint.
  @Test func gitLabTellsEqualFindingsApart() throws {
    let finding = Finding("a", .error, "twice", at: Finding.Place(file: "f"))
    let report = FindingReport(
      files: [FindingReport.File(name: "f", findings: [finding, finding])], version: "0", cards: [])
    let text = try report.text(.gitlab)
    let issues = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
    #expect(Set(issues.compactMap { $0["fingerprint"] as? String }).count == 2)
  }

  /// What a log or a terminal would obey comes from file names and from the bytes of trees.
  @Test func gitHubGetsNoControlCharacters() throws {
    let finding = Finding(
      "a", .error, "b\u{1B}]0;t\u{07}\r\n::error::c",
      at: Finding.Place(file: "d\u{08}\n.dtb", node: "/e\u{0}"), notes: ["f\u{9B}2J\u{202E}"])
    let report = FindingReport(
      files: [FindingReport.File(name: "d", findings: [finding])], version: "0", cards: [])
    #expect(
      try report.text(.github) == #"""
        ::error file=d\x08\x0a.dtb,title=a::b\x1b]0;t\x07\x0d\x0a::error::c%0Ain /e\x00%0A\#
        f\x9b2J\u{202e}
        ctboot lint: 1 error

        """#)
  }

  @Test func asTestResults() throws {
    let text = try FindingReport.sample.text(.junit)
    #expect(text.contains("<testsuites name=\"ctboot lint\" tests=\"4\" failures=\"1\">"))
    #expect(text.contains("<testcase classname=\"clean.dtb\" name=\"lint\"/>"))
    #expect(text.contains("a bank, without &quot;device_type&quot;: 100 %"))
    let parser = XMLCheck()
    #expect(parser.isWellFormed(text))
  }

  /// As many failures as the exit status speaks of.
  @Test(
    arguments: [(.error, 1, 2), (.warning, 2, 1), (.info, 3, 0), (nil, 0, 3)]
      as [(Severity?, Int, Int)])
  func testsFailWhereTheRunDoes(threshold: Severity?, failures: Int, skipped: Int) throws {
    let text = try FindingReport.sample.text(.junit, failingFrom: threshold)
    #expect(text.contains(" tests=\"4\" failures=\"\(failures)\">"))
    #expect(text.components(separatedBy: "<failure ").count - 1 == failures)
    #expect(text.components(separatedBy: "<skipped ").count - 1 == skipped)
    #expect(text.components(separatedBy: " skipped=\"1\"").count - 1 == skipped)
    #expect(XMLCheck().isWellFormed(text))
  }

  /// A case of two findings is as bad as the worse one, and shows it.
  @Test func aRuleFailsByItsWorstFinding() throws {
    let place = Finding.Place(file: "f")
    let report = FindingReport(
      files: [
        FindingReport.File(
          name: "f",
          findings: [
            Finding("a", .warning, "mild", at: place), Finding("a", .error, "bad", at: place),
          ])
      ], version: "0", cards: [])
    #expect(
      try report.text(.junit) == """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="ctboot lint" tests="1" failures="1">
          <testsuite name="f" tests="1" failures="1" skipped="0">
            <testcase classname="f" name="a">
              <failure type="error" message="bad">warning: f: mild&#10;error: f: bad</failure>
            </testcase>
          </testsuite>
        </testsuites>

        """)
  }

  /// A project file whose entry nobody needs is told of, and was not linted.
  @Test func onlyWhatWasJudgedIsCounted() throws {
    let finding = Finding("allowance-unused", .warning, "x", at: Finding.Place(file: "ctboot.yaml"))
    var report = FindingReport(
      files: [
        FindingReport.File(name: "a.dtb", findings: []),
        FindingReport.File(name: "ctboot.yaml", findings: [finding], isJudged: false),
      ], version: "0", cards: [])
    #expect(try report.text(.text) == "ctboot.yaml: warning: x [allowance-unused]\n")
    report.files.append(FindingReport.File(name: "b.dtb", findings: []))
    #expect(try report.text(.text).hasSuffix("2 files, 2 of them clean: 1 warning\n"))
    #expect(try report.text(.json).contains("\"files\" : 2"))
  }

  /// A column counts characters with us, bytes there: the ü has two.
  @Test func forReviewdog() throws {
    let text = try FindingReport.sample.text(.rdjsonl)
    let first = try #require(text.split(separator: "\n").first)
    #expect(
      first == """
        {"code":{"value":"irq-spi-flag"},"location":{"path":"./ä/board.dts","range":{"end":\
        {"column":27,"line":3},"start":{"column":5,"line":3}}},"message":"the SPI has flag 8\\nin \
        /mmc@1c0f000: interrupts\\nwrite 4: level-high","severity":"ERROR","source":{"name":\
        "ctboot"},"suggestions":[{"range":{"end":{"column":26,"line":3},"start":{"column":18,\
        "line":3}},"text":"<0 32 4>"}]}
        """)
    #expect(text.split(separator: "\n").count == 3)
  }
}

import Diagnostics
import Foundation
import Reports
import Testing

/// Each format once, as text, so that a change of it is seen as a difference.
@Suite struct FindingFormatTests {
  @Test func asText() async throws {
    #expect(
      try await FindingReport.sample.text(.text) == """
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

  @Test func asJSON() async throws {
    let text = try await FindingReport.sample.text(.json)
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

  @Test func forGitHub() async throws {
    #expect(
      try await FindingReport.sample.text(.github) == """
        ::error file=./ä/board.dts,line=3,col=4,endLine=3,endColumn=26,title=irq-spi-flag::the SPI \
        has flag 8%0Ain /mmc@1c0f000: interrupts%0Awrite 4: level-high
        ::warning file=a%2Cb.dtb,title=memory-node::a bank, without "device_type": 100 %25%0Ain \
        /memory%0AXen 4.20 panics
        ::notice file=x.dtb,title=file-unreadable::a\u{1B}[31m
        ctboot lint: 1 error, 1 warning, 1 note

        """)
  }

  @Test func forGitLab() async throws {
    let text = try await FindingReport.sample.text(.gitlab)
    let issues = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
    #expect(issues.map { $0["severity"] as? String } == ["major", "minor", "info"])
    #expect(issues[0]["check_name"] as? String == "irq-spi-flag")
    let location = try #require(issues[0]["location"] as? [String: Any])
    #expect(location["path"] as? String == "ä/board.dts")
    #expect((location["lines"] as? [String: Int])?["begin"] == 3)
  }

  /// GitLab drops the second of two with one fingerprint.
  @Test func gitLabTellsEqualFindingsApart() async throws {
    let finding = Finding("a", .error, "twice", at: Finding.Place(file: "f"))
    let report = FindingReport(
      files: [FindingReport.File(name: "f", findings: [finding, finding])], version: "0", cards: [])
    let text = try await report.text(.gitlab)
    let issues = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
    #expect(Set(issues.compactMap { $0["fingerprint"] as? String }).count == 2)
  }

  @Test func asTestResults() async throws {
    let text = try await FindingReport.sample.text(.junit)
    #expect(text.contains("<testsuites name=\"ctboot lint\" tests=\"4\" failures=\"3\">"))
    #expect(text.contains("<testcase classname=\"clean.dtb\" name=\"lint\"/>"))
    #expect(text.contains("a bank, without &quot;device_type&quot;: 100 %"))
    let parser = XMLCheck()
    #expect(parser.isWellFormed(text))
  }

  /// A column counts characters with us, bytes there: the ü has two.
  @Test func forReviewdog() async throws {
    let text = try await FindingReport.sample.text(.rdjsonl)
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

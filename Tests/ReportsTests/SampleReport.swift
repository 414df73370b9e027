import Diagnostics
import Reports

/// Two files with findings of every kind, and one without.
extension FindingReport {
  static let card = RuleCard(
    id: "irq-spi-flag", family: .interrupts, severity: .error,
    summary: "an SPI has a trigger that no SPI can have", why: "The GIC refuses it.",
    source: "arm,gic.yaml", bad: ["/ { «interrupts» = <0 32 8>; };"],
    good: ["/ { interrupts = <0 32 4>; };"])

  static let sample: FindingReport = {
    var fix = Fix(
      .safe, "make it level-high",
      .set(node: "/mmc@1c0f000", property: "interrupts", value: "<0 32 4>"))
    fix.edit = TextEdit(line: 3, column: 17, endLine: 3, endColumn: 25, text: "<0 32 4>")
    let inSource = Finding(
      "irq-spi-flag", .error, "the SPI has flag 8",
      at: Finding.Place(
        file: "./ä/board.dts", line: 3, column: 4, endLine: 3, endColumn: 26,
        node: "/mmc@1c0f000", property: "interrupts"),
      aliases: ["interrupts_property"], help: "write 4: level-high", fix: fix)
    let inBlob = Finding(
      "memory-node", .warning, "a bank, without \"device_type\": 100 %",
      at: Finding.Place(
        file: "a,b.dtb", node: "/memory", offset: 0x1A4),
      notes: ["Xen 4.20 panics"])
    let ofFile = Finding(
      "file-unreadable", .info, "a\u{1B}[31m", at: Finding.Place(file: "x.dtb"))
    return FindingReport(
      files: [
        File(name: "./ä/board.dts", findings: [inSource]),
        File(
          name: "a,b.dtb", findings: [inBlob],
          accepted: [Accepted(inBlob, in: .project, reason: "known")]),
        File(name: "clean.dtb", findings: []),
        File(name: "x.dtb", findings: [ofFile]),
      ],
      sources: [
        "./ä/board.dts": ["/dts-v1/;", "/ { mmc@1c0f000 {", "/*ü*/interrupts = <0 32 8>;"]
      ],
      version: "0.2.0", cards: [card])
  }()
}

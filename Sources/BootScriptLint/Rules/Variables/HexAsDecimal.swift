import Diagnostics

struct HexAsDecimal: ScriptRule {
  static let card = RuleCard(
    id: "script-hex-as-decimal", family: .script, severity: .warning,
    summary: "a number is read in another base than it is written in",
    why: """
      `test` reads decimal numbers, and hexadecimal ones only with 0x; what is no number counts as far \
      as its digits go. `itest`, `setexpr` and sizes are hexadecimal, with 0x or without: \
      `setexpr x 10 + 10` gives 20.
      """,
    source: "U-Boot's cmd/test.c, cmd/itest.c, cmd/setexpr.c; tried with U-Boot 2023.01",
    bad: [
      .hush("if test «${filesize}» -gt 4096; then boot; fi"),
      .hush("if test 1 -eq «a»; then boot; fi"),
      .hush("setexpr end 0x42000000 + «4096»"), .hush("fdt addr 0x43000000\nfdt resize «8192»"),
    ],
    good: [
      .hush("if itest ${filesize} > 0x1000; then boot; fi"),
      .hush("setexpr end 0x42000000 + 0x1000"),
      .hush("fdt addr 0x43000000\nfdt resize 0x2000"), .hush("if test 0x10 -eq 16; then boot; fi"),
    ])

  private static let comparisons: Set<String> = ["-eq", "-ne", "-lt", "-le", "-gt", "-ge"]

  static func check(_ script: ScriptContext, _ findings: inout ScriptFindings) {
    for command in script.commands where !command.isLoop {
      let words = command.words
      switch command.name {
      case "test", "[":
        for index in words.indices where words[index].literal.map(comparisons.contains) == true {
          for word in [index - 1, index + 1].filter(words.indices.contains).map({ words[$0] }) {
            report(compared: word, &findings)
          }
        }
      case "itest", "setexpr":
        for word in words.dropFirst(command.name == "itest" ? 1 : 2) {
          guard let text = word.literal, !word.isQuoted, isDecimal(text), !isRound(text) else {
            continue
          }
          reportHex(word, text, command.name, &findings)
        }
      case "fdt":
        guard words.count > 2, words[1].literal == "resize" || words[1].literal == "addr",
          let size = words.last, let text = size.literal, isDecimal(text), isPowerOfTwo(text)
        else { continue }
        reportHex(size, text, "fdt", &findings)
      case "load", "fatload", "ext4load", "ext2load":
        guard words.count > 5, let text = words[5].literal, isDecimal(text), isPowerOfTwo(text)
        else { continue }
        reportHex(words[5], text, command.name, &findings)
      default: break
      }
    }
  }

  private static func report(compared word: ScriptWord, _ findings: inout ScriptFindings) {
    if word.variables.contains("filesize") || word.variables.contains("fileaddr") {
      findings.report(
        "the variable holds hexadecimal digits without 0x, which `test` reads as decimal",
        at: word.range,
        help: "compare with `itest`, which reads hexadecimal")
    } else if let text = word.literal, !isNumber(text) {
      findings.report(
        "`\(text)` is no number for `test`", at: word.range,
        help: "compare texts with `=`, and hexadecimal numbers with `itest`")
    }
  }

  private static func reportHex(
    _ word: ScriptWord, _ text: String, _ name: String, _ findings: inout ScriptFindings
  ) {
    findings.report(
      "`\(name)` reads `\(text)` as hexadecimal, which is \(UInt64(uBoot: text).map(String.init) ?? "more")",
      at: word.range,
      help:
        "write `0x\(text)` if that is meant, else \(UInt64(text).map { "`\(hex($0))`" } ?? "it in hexadecimal")"
    )
  }

  private static func isNumber(_ text: String) -> Bool {
    let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
    return UInt64(digits) != nil || (digits.hasPrefix("0x") && UInt64(uBoot: digits) != nil)
  }

  private static func isDecimal(_ text: String) -> Bool {
    text.utf8.count > 1
      && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }

  /// `1000`, `200000`: hexadecimal more often than not.
  private static func isRound(_ text: String) -> Bool {
    text.dropFirst().allSatisfy { $0 == "0" } && text.count > 3
  }

  private static func isPowerOfTwo(_ text: String) -> Bool {
    UInt64(text).map { $0 >= 16 && $0 & ($0 - 1) == 0 } ?? false
  }
}

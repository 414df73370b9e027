import Hush
import SeededGenerator
import Testing

/// How U-Boot's old shell reads a script.
@Suite struct HushParserTests {
  @Test(
    arguments: [
      ("echo one; echo two\necho three", ["echo one; echo two;", "echo three;"]),
      ("setenv a 1 && echo x || echo y", ["setenv a 1 && echo x || echo y;"]),
      ("echo a;; ;echo b", ["echo a; echo b;"]),
      // Blanks and comments.
      ("  # nothing\n\n\techo x # gone\necho a#b", ["echo x;", "echo a#b;"]),
      ("echo x; # gone", ["echo x;"]),
      // What a property is called begins a comment, unless it is protected.
      ("fdt set /chosen #address-cells", ["fdt set /chosen;"]),
      ("fdt set /chosen \\#address-cells", ["fdt set /chosen #address-cells;"]),
    ] as [(String, [String])])
  func commandsAndComments(text: String, lists: [String]) { #expect(outline(text) == lists) }

  @Test(
    arguments: [
      (#"echo "a b" 'c d' e\ f"#, ["echo [a b] [c d] e f;"]),
      // Only double quotes keep a backslash; single quotes lose it.
      (#"echo "\n" '\n' \n"#, [#"echo [\n] [n] n;"#]),
      (#"echo "it's""#, ["!open single quote at 8"]),
      (#"echo "it's" o'clock""#, [#"echo [its" oclock];"#]),
      ("echo ''", ["echo [];"]),
      ("echo \"a\nb\"", ["echo [a\nb];"]),
      // A backslash before a line's end continues nothing: the line's end becomes part of the word.
      ("echo a\\\nb", ["echo a\nb;"]),
      ("echo <a> `b` (c) [[ d", ["echo <a> `b` (c) [[ d;"]),
    ] as [(String, [String])])
  func quotes(text: String, lists: [String]) { #expect(outline(text) == lists) }

  @Test(
    arguments: [
      ("echo $a ${b}c $d_e-$? $$ $(x) $1", ["echo ‹a› ‹b›c ‹d_e›-‹$?› $$ $(x) $1;"]),
      ("echo ${a:-b c}", ["echo ‹a:-b c›;"]), ("echo \"${a}\"", ["echo [‹a›];"]),
      ("echo '${a}'", ["echo [${a}];"]), ("echo \\$a", ["echo $a;"]),
      ("echo ${${a}}", ["echo ‹${a›};"]), ("echo ${a\necho b", ["!open brace at 5"]),
    ] as [(String, [String])])
  func substitutions(text: String, lists: [String]) { #expect(outline(text) == lists) }

  @Test(
    arguments: [
      (
        "if a; then b; elif c\nthen d; else e; fi",
        ["{ if: a; then: b; elif: c; then: d; else: e; };"]
      ),
      ("for x in 1 2 ${l}; do echo $x; done", ["{ for: x; in: 1 2 ‹l›; do: echo ‹x›; };"]),
      ("while a; do b; done; c", ["{ while: a; do: b; }; c;"]),
      ("until a\ndo\nb\ndone\nc", ["{ until: a; do: b; };", "c;"]),
      ("if a; then if b; then c; fi; fi", ["{ if: a; then: { if: b; then: c; }; };"]),
      ("if a; then b; fi && c", ["{ if: a; then: b; } && c;"]),
      // Words of structures are ordinary ones elsewhere, also in quotes at the start of a command.
      ("echo if then fi", ["echo if then fi;"]),
      ("\"if\" a; then b; fi", ["{ if: a; then: b; };"]),
    ] as [(String, [String])])
  func structures(text: String, lists: [String]) { #expect(outline(text) == lists) }

  /// Lines before a fault have been given out; nothing comes behind it.
  @Test(
    arguments: [
      ("echo a\necho b & c\necho d", ["echo a;", "!single & at 14"]),
      ("echo b | c", ["!single | at 7"]),
      ("if a; then\nb\n", ["!open if at 0"]),
      ("echo a\nif true; then echo; then", ["echo a;", "!misplaced then at 27"]),
      ("done\n", ["!misplaced done at 0"]),
      ("if a; then b; fi c\n", ["!words behind a group at 17"]),
      // `then\r` is no `then`, so the structure never ends.
      ("if a; then\r\nb\r\nfi\r\n", ["!open if at 0"]),
      // Before a semicolon a refused word is complained of, and the shell goes on, now without
      // an end to the list.
      ("fi; echo x\necho y\n", ["broken: echo x; broken: echo y; !misplaced fi"]),
    ] as [(String, [String])])
  func faults(text: String, lists: [String]) { #expect(outline(text) == lists) }

  @Test func anOpenDoubleQuoteTakesTheRestAsOneWord() throws {
    guard case .list(let list)? = HushParser.steps(Array("echo \"a\necho b".utf8)).first else {
      Issue.record("no list")
      return
    }
    #expect(list.openQuote == 5)
    #expect(outline("echo \"a\necho b") == ["echo [a\necho b\n];"])
  }

  /// After substitution only words and quotes count.
  @Test func whatIsParsedAgainHasNoOperators() {
    #expect(outline("echo a;b && c 'd e' if\n", for: .reparse) == ["echo a;b && c [d e] if;"])
    #expect(outline("if a\n", for: .reparse) == ["if a;"])
  }

  /// A variable is parsed as a whole before any of it runs.
  @Test func aVariableIsOneList() {
    #expect(outline("echo a\necho b", for: .variable) == ["echo a; echo b;"])
    #expect(outline("echo a\necho b &", for: .variable) == ["!single & at 14"])
  }

  @Test func rangesAreThoseOfTheText() {
    let text = "  load mmc \"${devnum}:1\" x"
    guard case .list(let list)? = HushParser.steps(Array(text.utf8)).first,
      case .simple(let words)? = list.pipelines.first?.command
    else {
      Issue.record("no command")
      return
    }
    let bytes = Array(text.utf8)
    #expect(
      words.map { String(decoding: bytes[$0.range], as: UTF8.self) } == [
        "load", "mmc", "\"${devnum}:1\"", "x",
      ])
    #expect(
      words[2].variables.map { String(decoding: bytes[$0.range], as: UTF8.self) } == ["${devnum}"])
  }

  @Test func nestingIsBounded() {
    let text = String(repeating: "if a; then ", count: 100_000)
    #expect(outline(text).first?.hasPrefix("!too deep") == true)
  }

  /// Whatever comes, the parser ends, and each range lies within the text.
  @Test(arguments: [UInt64](1...40))
  func anyBytesEnd(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let tokens = [
      "if", "then", "else", "fi", "for", "in", "do", "done", "while", " ", " ", "\n", ";", "&&",
      "||", "&", "|", "'", "\"", "\\", "$", "${", "}", "a", "x=1", "#", "\r", "\u{3}", "\u{4}", "é",
    ]
    for _ in 0..<200 {
      var bytes: [UInt8] = []
      for _ in 0..<Int.random(in: 0..<60, using: &random) {
        if Bool.random(using: &random) {
          bytes += tokens[Int.random(in: 0..<tokens.count, using: &random)].utf8
        } else if Int.random(in: 0..<8, using: &random) == 0 {
          bytes.append(UInt8.random(in: 0...255, using: &random))
        }
      }
      for purpose in [HushParser.Purpose.script, .variable, .reparse] {
        for step in HushParser.steps(bytes, for: purpose) {
          let range =
            switch step {
            case .list(let list): list.range
            case .fault(let fault): fault.range
            }
          // A line's end may have been added.
          #expect(range.upperBound <= bytes.count + 1, "seed \(seed): \(bytes)")
        }
      }
    }
  }
}

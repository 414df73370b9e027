import BootImages
import BootScriptLint
import Diagnostics
import SeededGenerator
import Testing

/// Scripts of any bytes. That each is answered at all is the test: a trap would end the whole run.
@Suite struct HostileScriptTests {
  private static let rules = Set(ScriptRuleCatalogue.cards.map(\.id))
  private static let kinds: [ScriptKind] = [.commands, .image, .environment, .extlinux]

  private func linter() throws -> ScriptLinter {
    var target = RuleExample.Target(board: "cubietruck")
    target.medium = RuleExample.Medium([.init("/zImage", size: 100)])
    return ScriptLinter(for: try ScriptTarget(target), rules: Self.rules)
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func changedExamplesAreAnswered(seed: UInt64) throws {
    print("seed \(seed)")
    var generator = SeededGenerator(seed: seed)
    let linter = try linter()
    let signs = Array("\0\r\n\t '\"\\${}();&|#<>=:0xffffffffffffffff-".utf8)
    for card in ScriptRuleCatalogue.cards {
      for example in card.bad + card.good {
        let script = try ExampleScript(example)
        for _ in 0..<8 {
          var bytes = script.bytes
          for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &generator)
            switch Int.random(in: 0..<4, using: &generator) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
            case 1: bytes.insert(signs.randomElement(using: &generator) ?? 0, at: place)
            case 2: bytes.removeSubrange(place..<min(bytes.count, place + 5))
            default: bytes.insert(contentsOf: bytes[place...].prefix(40), at: place)
            }
          }
          for kind in Self.kinds { _ = linter.lint(bytes, file: "boot.scr", kind: kind) }
        }
      }
    }
  }

  /// Texts that make a careless linter slow: each is thousands of times the same.
  @Test(
    arguments: [
      "if ", "'", "\"", "\"'", "${", "${a", "a;", "a&&", "a||b&&", "run a;", "setenv a ${a}${a}\n",
      "fdt addr 0\n",
      "load mmc 0:1 0x42000000 a\n", "load mmc 0:1 ${a} a;bootz ${a}\n", "fdt set /a reg <1>\n",
      "if a; then ", "#\n",
      "`", "\\\n", "saveenv;", "setenv a 'run a'; run a\n", "for a in b; do ", "label a\n", "a=\n",
      "=\n", "bootz 1 2 3\n",
      "setenv bootargs a;source 1\n", "0", " ", "\u{FFFD}",
    ])
  func repetitionsAreAnswered(part: String) throws {
    let linter = try linter()
    let bytes = Array(String(repeating: part, count: 1000).utf8)
    for kind in Self.kinds { _ = linter.lint(bytes, file: "boot.cmd", kind: kind) }
    let image = try LegacyImage.script(text: bytes, name: "", time: 0)
    _ = linter.lint(image, file: "boot.scr", kind: .image)
  }
}

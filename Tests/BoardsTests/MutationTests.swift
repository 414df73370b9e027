import Boards
import Diagnostics
import SeededGenerator
import Testing

/// Damaged files are refused or read, and never bring the program down.
@Suite struct MutationTests {
  @Test(arguments: ["cubietruck.yaml", "qemu-virt.yaml", "soc/a20.yaml"])
  func damagedFiles(name: String) throws {
    let original = Array(try ShippedFiles.text(name).unicodeScalars)
    let seed = UInt64.random(in: 0...UInt64.max)
    var generator = SeededGenerator(seed: seed)
    var (read, refused) = (0, 0)
    for _ in 0..<300 {
      var text = String.UnicodeScalarView()
      text.append(contentsOf: Self.damage(original, with: &generator))
      do {
        if name.hasPrefix("soc/") {
          _ = try SoC(text: String(text), file: name)
        } else {
          _ = try Board(text: String(text), file: name)
        }
        read += 1
      } catch {
        refused += 1
        #expect(!error.diagnostic.message.isEmpty && error.diagnostic.span != nil, "seed \(seed)")
      }
    }
    #expect(read + refused == 300, "seed \(seed)")
    #expect(refused > 0, "seed \(seed)")
  }

  /// Characters that mean something to YAML, and some that must not stand there at all.
  private static let pieces: [Unicode.Scalar] = Array(
    ":-?[]{},#&*!|>'\"%@`\\ \n\t\r0x_~=<é\u{0}\u{feff}\u{2028}\u{e000}\u{10ffff}".unicodeScalars)

  private static func damage(
    _ text: [Unicode.Scalar], with generator: inout SeededGenerator
  ) -> [Unicode.Scalar] {
    var text = text
    for _ in 0..<Int.random(in: 1...4, using: &generator) where !text.isEmpty {
      let place = Int.random(in: text.indices, using: &generator)
      let end = min(text.count, place + Int.random(in: 0...30, using: &generator))
      switch Int.random(in: 0..<6, using: &generator) {
      case 0: text.remove(at: place)
      case 1: text.insert(pieces.randomElement(using: &generator) ?? ":", at: place)
      case 2: text[place] = pieces.randomElement(using: &generator) ?? ":"
      case 3: text.removeSubrange(place..<end)
      case 4: text.insert(contentsOf: text[place..<end], at: place)
      default: text.removeSubrange(end...)
      }
    }
    return text
  }
}

import Diagnostics
import SeededGenerator
import StrictYAML
import SystemPackage
import Testing
import Workspace

/// Damaged project files are refused or read, and never bring the program down.
@Suite struct MutationTests {
  @Test func damagedProjects() throws {
    let original = Array(Project.everyKey.utf8)
    let seed = UInt64.random(in: 0...UInt64.max)
    var generator = SeededGenerator(seed: seed)
    var (read, refused) = (0, 0)
    for _ in 0..<1000 {
      let bytes = Self.damage(original, with: &generator)
      do throws(YAMLError) {
        _ = try Project(parsing: bytes, file: "ctboot.yaml", folder: ".")
        read += 1
      } catch {
        refused += 1
        let diagnostic = error.diagnostic
        #expect(!diagnostic.message.isEmpty && diagnostic.span != nil, "seed \(seed)")
      }
    }
    #expect(read > 0 && refused > 0, "seed \(seed)")
  }

  /// Bytes that mean something to YAML, and some that are no text at all.
  private static let pieces =
    Array(":-?[]{},#&*!|>'\"%@`\\ \n\t\r0x_~=<".utf8) + [0, 0x7F, 0x80, 0xC3, 0xE2, 0xFF]

  private static func damage(_ bytes: [UInt8], with generator: inout SeededGenerator) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
      let place = Int.random(in: bytes.indices, using: &generator)
      let end = min(bytes.count, place + Int.random(in: 0...30, using: &generator))
      let piece = pieces.randomElement(using: &generator) ?? 0
      switch Int.random(in: 0..<6, using: &generator) {
      case 0: bytes.remove(at: place)
      case 1: bytes.insert(piece, at: place)
      case 2: bytes[place] = piece
      case 3: bytes.removeSubrange(place..<end)
      case 4: bytes.insert(contentsOf: bytes[place..<end], at: place)
      default: bytes.removeSubrange(end...)
      }
    }
    return bytes
  }
}

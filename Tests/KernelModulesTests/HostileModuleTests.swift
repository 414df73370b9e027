import KernelModules
import SeededGenerator
import Testing

/// Broken bytes give an error or a value, never a trap.
@Suite struct HostileModuleTests {
  static func sample(wide: Bool) -> [UInt8] {
    ModuleFile.bytes(
      "depends=a,b", "softdep=pre: c post: d", "alias=x", "name=m", "vermagic=6.1.0 SMP",
      wide: wide)
  }

  @Test(arguments: [false, true]) func everyCut(wide: Bool) {
    let bytes = Self.sample(wide: wide)
    for length in bytes.indices {
      let cut = Array(bytes.prefix(length))
      #expect(throws: KernelModuleFault.self) { try KernelModule(parsing: cut.span.bytes) }
    }
  }

  @Test(arguments: [false, true], [11, 12, 13] as [UInt64])
  func changedBytes(wide: Bool, seed: UInt64) {
    let bytes = Self.sample(wide: wide)
    var random = SeededGenerator(seed: seed)
    var refused = 0
    for _ in 0..<3000 {
      var changed = bytes
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let index = Int.random(in: changed.indices, using: &random)
        // Numbers at their limits break more than others.
        changed[index] =
          [0, 0xFF, 0x7F, .random(in: 0...255, using: &random)]
          .randomElement(using: &random) ?? 0
      }
      if (try? KernelModule(parsing: changed.span.bytes)) == nil { refused += 1 }
    }
    #expect(refused > 100, "seed \(seed): hardly any change was noticed")
  }

  @Test(arguments: [21, 22, 23] as [UInt64]) func randomTexts(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let letters = Array("kernel/lib-_.:ko \n\u{0}modules6alias".utf8)
    for _ in 0..<300 {
      let text = String(
        decoding: (0..<Int.random(in: 0...80, using: &random)).map { _ in
          letters.randomElement(using: &random) ?? 0
        }, as: UTF8.self)
      guard var folder = try? ModuleFolder(listing: ["lib/modules/6/a.ko", text]) else { continue }
      for name in ModuleFolder.texts { folder.add(text, named: name) }
      let search = ModuleSearch(for: ["a", text], in: folder)
      _ = try? search.loadOrder()
    }
  }
}

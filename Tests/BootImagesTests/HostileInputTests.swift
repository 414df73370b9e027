import BootImages
import Bytes
import SeededGenerator
import Testing

/// Broken bytes give an error or a value, never a trap.
@Suite struct HostileInputTests {
  static let images: [(name: String, bytes: [UInt8])] = [
    ("zImage", Fixture.zImage(fileSize: 256)), ("xen", Fixture.xen()),
    ("spl", Fixture.spl(length: 512)), ("gzip", Fixture.gzip()),
    ("bootloader", Fixture.bootloader()), ("tree", Fixture.tree()),
    ("script", Fixture.legacy(type: 6, payload: [0, 0, 0, 2, 0, 0, 0, 0, 65, 66])),
    ("u-boot", Fixture.uBoot()), ("elf", Fixture.elf(machine: 40)),
  ]

  @Test(arguments: images.map(\.name)) func everyCutIsSurvived(name: String) throws {
    let bytes = try #require(Self.images.first { $0.name == name }).bytes
    for length in 0...min(bytes.count, 600) { Self.readAll(Array(bytes.prefix(length))) }
    if bytes.count > 0x8000 {
      for length in 0x8000...0x8060 { Self.readAll(Array(bytes.prefix(length))) }
    }
  }

  @Test(arguments: images.map(\.name), [1, 2, 3] as [UInt64])
  func everyMutationIsSurvived(name: String, seed: UInt64) throws {
    let bytes = try #require(Self.images.first { $0.name == name }).bytes
    var random = SeededGenerator(seed: seed)
    // Headers are hit more often than what follows them.
    let hot = min(bytes.count, 128)
    for _ in 0..<(bytes.count > 0x8000 ? 20 : 300) {
      var mutated = bytes
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let limit = Bool.random(using: &random) ? hot : bytes.count
        mutated[Int.random(in: 0..<limit, using: &random)] = .random(in: 0...255, using: &random)
      }
      Self.readAll(mutated)
    }
  }

  /// The sums stand between mutations and what is read later, so here they are right.
  @Test(arguments: [1, 2, 3] as [UInt64]) func scriptsWithRandomTablesAreSurvived(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<500 {
      let payload = (0..<Int.random(in: 0...40, using: &random)).map { _ in
        UInt8.random(in: 0...3, using: &random)
      }
      Self.readAll(Fixture.legacy(type: 6, payload: payload))
    }
  }

  static func readAll(_ bytes: [UInt8]) {
    let span = bytes.span.bytes
    _ = ImageKind.recognise(span).description
    if let image = try? LegacyImage(parsing: span) { _ = try? image.scriptText(in: span) }
    _ = try? SPLImage(parsing: span)
    for role in InputRole.allCases {
      do {
        try InputCheckTests.check(bytes, role)
      } catch {
        _ = error.diagnostic
      }
    }
  }
}

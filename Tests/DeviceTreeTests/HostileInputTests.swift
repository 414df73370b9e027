import DeviceTree
import SeededGenerator
import Testing

/// Whatever the bytes, the reader answers. That it answers at all is the test: a trap would end
/// the whole run.
@Suite struct HostileInputTests {
  let blob: [UInt8]

  init() throws {
    blob = try DTC.compile(SampleSource.board)
  }

  private func tree(_ bytes: [UInt8]) -> DeviceTree? {
    try? DeviceTree(parsing: bytes.span.bytes)
  }

  @Test func cutAnywhereItIsRefused() {
    let read = blob.indices.filter { tree(Array(blob.prefix($0))) != nil }
    #expect(read.isEmpty)
  }

  @Test func cutAnywhereWithAMatchingHeaderItIsRefused() {
    let read = (40..<blob.count).filter { length in
      var cut = Array(blob.prefix(length))
      cut.replaceSubrange(4..<8, with: word(UInt32(length)))
      return tree(cut) != nil
    }
    #expect(read.isEmpty)
  }

  @Test(arguments: [0, 1, 0x7FFF_FFFF, 0xFFFF_FFFF] as [UInt32], 0..<10)
  func headerFieldsMayHoldAnything(value: UInt32, field: Int) {
    var broken = blob
    broken.replaceSubrange(field * 4..<field * 4 + 4, with: word(value))
    // The boot processor can be any number, and a later version can be compatible.
    let isHarmless = field == 7 || (field == 5 && value >= 17)
    #expect((tree(broken) != nil) == isHarmless)
  }

  @Test func anyWordMayHoldAnything() {
    for offset in stride(from: 0, to: blob.count - 3, by: 4) {
      for value in [0, 1, 2, 3, 4, 9, 0x7FFF_FFFF, 0xFFFF_FFFF] as [UInt32] {
        var broken = blob
        broken.replaceSubrange(offset..<offset + 4, with: word(value))
        _ = tree(broken)
      }
    }
  }

  @Test func whatIsReadAfterAMutationIsWrittenAndReadAgain() {
    let seed = UInt64.random(in: .min ... .max)
    var random = SeededGenerator(seed: seed)
    for _ in 0..<4000 {
      var mutant = blob
      let index = Int.random(in: mutant.indices, using: &random)
      mutant[index] = UInt8.random(in: .min ... .max, using: &random)
      guard let tree = tree(mutant) else { continue }
      let again = self.tree(tree.encoded())
      #expect(again == tree, "seed \(seed), byte \(index)")
    }
  }

  private func word(_ value: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }
}

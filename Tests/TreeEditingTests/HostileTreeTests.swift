import SeededGenerator
import Testing
import TreeEditing

/// Whatever the tree says of itself, editing it ends in a tree or an error.
@Suite struct HostileTreeTests {
  let base: [UInt8]
  let overlay: [UInt8]

  init() throws {
    base = try Workbench.compile(Sample.base)
    overlay = try Workbench.compile(Sample.overlay)
  }

  private func edit(_ bytes: [UInt8]) {
    guard var tree = try? EditableTree(bytes, padding: 0x1000) else { return }
    try? tree.set("bootargs", of: "/chosen", to: [UInt8](repeating: 0x61, count: 50))
    try? tree.set("status", of: "serial0", to: [])
    try? tree.addNode("module@0", to: "/chosen")
    try? tree.removeNode("/soc/clock")
    try? tree.removeProperty("model", of: "/")
    try? tree.resize(by: 0x100, loadedAt: 0x4300_0000)
    try? tree.apply(overlay: overlay)
    try? tree.pack()
    #expect(tree.bytes.count == tree.totalSize)
  }

  @Test func anyByteMayHoldAnything() {
    let seed = UInt64.random(in: .min ... .max)
    var random = SeededGenerator(seed: seed)
    for _ in 0..<2000 {
      var mutant = base
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let index = Int.random(in: mutant.indices, using: &random)
        mutant[index] = UInt8.random(in: .min ... .max, using: &random)
      }
      edit(mutant)
    }
  }

  @Test(arguments: [0, 1, 0x7FFF_FFFF, 0xFFFF_FFFF] as [UInt32], 0..<16)
  func anyWordOfTheHeaderAndTheReservationsMayHoldAnything(value: UInt32, word: Int) {
    var mutant = base
    mutant.replaceSubrange(
      word * 4..<word * 4 + 4, with: [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) })
    edit(mutant)
  }

  @Test func aCutTreeIsRefused() {
    for length in 0..<base.count {
      #expect(throws: TreeEditError.self) { _ = try EditableTree(Array(base[..<length])) }
    }
  }

  /// The strings may stand before the structure; libfdt brings them behind it as it opens a tree.
  @Test func blocksInAnotherOrderAreEditedAsWell() throws {
    func word(_ offset: Int) -> Int {
      base[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
    }
    let (structure, strings) = (word(8), word(12))
    var turned = Array(base[..<structure]) + base[strings...]
    while !turned.count.isMultiple(of: 4) { turned.append(0) }
    let moved = turned.count
    turned += base[structure..<strings]
    for (offset, value) in [(4, turned.count), (8, moved), (12, structure)] {
      turned.replaceSubrange(
        offset..<offset + 4,
        with: [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) })
    }
    var tree = try EditableTree(turned, padding: 0x1000)
    try tree.set("model", of: "/", to: Array("Other\0".utf8))
    #expect(
      try Workbench.decompile(tree.bytes)
        == Workbench.decompile(base).replacing("Example Demo", with: "Other"))
  }
}

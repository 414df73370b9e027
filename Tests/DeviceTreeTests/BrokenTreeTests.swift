import DeviceTree
import Diagnostics
import Testing

@Suite struct BrokenTreeTests {
  @Test func theBlobTheyAreMadeFromIsSound() throws {
    let bytes = Blob.sound.bytes()
    let tree = try DeviceTree(parsing: bytes.span.bytes)
    #expect(tree.root.properties.map(\.value) == [[0xAA], [0xAA, 0xAA, 0xAA, 0xAA]])
    #expect(tree.root.children.map(\.name) == ["n"])
  }

  @Test(arguments: BrokenTree.all)
  func isRefused(tree: BrokenTree) {
    #expect(throws: tree.error, "\(tree.fault)") {
      try DeviceTree(parsing: tree.bytes.span.bytes, limits: tree.limits)
    }
  }

  @Test(arguments: BrokenTree.all)
  func isExplained(tree: BrokenTree) {
    let diagnostic = tree.error.diagnostic
    #expect(diagnostic.message.contains("offset 0x"))
    #expect(!diagnostic.message.hasSuffix("."))
    #expect(diagnostic.help != nil)
  }

  @Test func sentencesNameTheFaultAndThePlace() {
    #expect(
      DeviceTreeError.propertyTooLong(4096, at: 0x1234).diagnostic.message
        == "the tree ends inside a property at offset 0x1234, which claims 4096 bytes")
    #expect(
      DeviceTreeError.unreadableReg(path: "/memory", addressCells: 2, sizeCells: 1).diagnostic
        .message
        == "the reg of /memory is no list of ranges with 2 address and 1 size cells")
  }

  @Test func sixtyFourLevelsAreRead() throws {
    let levels = [Blob.Piece.begin("")] + Array(repeating: .begin("n"), count: 63)
    let bytes = Blob(levels + Array(repeating: .end, count: 64) + [.finish]).bytes()
    let tree = try DeviceTree(parsing: bytes.span.bytes)
    let again = tree.encoded()
    #expect(try DeviceTree(parsing: again.span.bytes) == tree)
    #expect(DeviceTree.Limits(depth: .max).depth == 64)
  }

  @Test func laterVersionsThatReadAsOursAreRead() throws {
    let bytes = Blob.sound.bytes { $0[5] = 18 }
    let again = try DeviceTree(parsing: bytes.span.bytes).encoded()
    #expect(again[23] == 17)
  }

  @Test func blocksMayStandInAnyOrder() throws {
    // A structure of 60 bytes at 0x28, four zeroes as a gap, then reservations, then strings.
    let sound = Blob.sound
    var header = Array(
      sound.bytes { words in
        (words[2], words[4]) = (0x28, 0x68)
        (words[1], words[3]) = (0x7C, 0x78)
      }.prefix(0x28))
    header += sound.structure + [0, 0, 0, 0] + sound.reservations + sound.strings
    let usual = sound.bytes()
    let (one, other) = (
      try DeviceTree(parsing: header.span.bytes), try DeviceTree(parsing: usual.span.bytes)
    )
    #expect(one == other)
  }
}

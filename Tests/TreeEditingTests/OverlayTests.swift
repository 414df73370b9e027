import DeviceTree
import Diagnostics
import Testing
import TreeEditing

/// An overlay that is applied here gives the tree that fdtoverlay gives.
@Suite struct OverlayTests {
  @Test func whatIsMergedIsWhatFdtoverlayMerges() throws {
    let base = try Workbench.compile(Sample.base)
    let overlay = try Workbench.compile(Sample.overlay)
    var tree = try EditableTree(base, padding: EditableTree.uBootPadding)
    try tree.apply(overlay: overlay)
    let expected = try Workbench.overlay(overlay, on: base)
    #expect(try Workbench.decompile(tree.bytes) == Workbench.decompile(expected))
    #expect(tree.value(of: "status", in: "serial0") == Array("okay\0".utf8))
    #expect(tree.hasNode("/soc/spi@1c05000/chip"))
  }

  @Test func aSecondOverlayFindsTheLabelsOfTheFirst() throws {
    let first = try Workbench.compile(Sample.overlay)
    let second = try Workbench.compile(
      "/dts-v1/; /plugin/; &osc { clock-frequency = <32768>; other = <&uart0>; };")
    let base = try Workbench.compile(Sample.base)
    var tree = try EditableTree(base, padding: EditableTree.uBootPadding)
    try tree.apply(overlay: first)
    try tree.apply(overlay: second)
    let expected = try Workbench.overlay(second, on: Workbench.overlay(first, on: base))
    #expect(try Workbench.decompile(tree.bytes) == Workbench.decompile(expected))
  }

  @Test func anOverlayWithoutRoomIsRefusedAndTheTreeStays() throws {
    let overlay = try Workbench.compile(Sample.overlay)
    var tree = try EditableTree(try Workbench.compile(Sample.base))
    let before = tree.bytes
    #expect(throws: TreeEditError.libfdt(.noSpace, .applyOverlay)) {
      try tree.apply(overlay: overlay)
    }
    #expect(tree.bytes == before)
  }

  @Test func aBaseWithoutLabelsIsToldHowToGetThem() throws {
    let overlay = try Workbench.compile(Sample.overlay)
    var tree = try EditableTree(try Workbench.compile(Sample.base), padding: 0x3000)
    try tree.removeNode("/__symbols__")
    let error = #expect(throws: TreeEditError.self) { try tree.apply(overlay: overlay) }
    #expect(error == .overlay(.noSymbols))
    #expect(error?.diagnostic.help == "compile the base tree with `dtc -@`")
  }

  @Test func aLabelThatTheBaseDoesNotHaveIsNamed() throws {
    let overlay = try Workbench.compile("/dts-v1/; /plugin/; &nowhere { status = \"okay\"; };")
    var tree = try EditableTree(try Workbench.compile(Sample.base), padding: 0x3000)
    #expect(throws: TreeEditError.overlay(.unknownLabel("nowhere"))) {
      try tree.apply(overlay: overlay)
    }
  }

  @Test func aTreeOfAnotherKindIsNoOverlay() throws {
    let base = try Workbench.compile(Sample.base)
    var tree = try EditableTree(base, padding: 0x3000)
    #expect(throws: TreeEditError.unreadableOverlay(.tooShort(count: 4))) {
      try tree.apply(overlay: [0xD0, 0x0D, 0xFE, 0xED])
    }
    // It has no fragment; nothing is merged but its symbols, and libfdt does not mind.
    try tree.apply(overlay: base)
    #expect(tree.hasNode("/soc"))
  }
}

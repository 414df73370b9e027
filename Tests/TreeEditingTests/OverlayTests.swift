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

  /// In no more room than it takes, whatever the base had.
  @Test func aBlobWithoutRoomIsMergedAsByFdtoverlay() throws {
    let base = try Workbench.compile(Sample.base)
    let overlay = try Workbench.compile(Sample.overlay)
    let merged = try EditableTree.merged(overlay, onto: base)
    let expected = try Workbench.overlay(overlay, on: base)
    #expect(try Workbench.decompile(merged) == Workbench.decompile(expected))
    #expect(try EditableTree(merged).usedSize == merged.count)
  }

  /// Labels are copied with their paths in the tree, which can be far longer than the overlay.
  @Test func longPathsOfLabelsFindRoom() throws {
    let depth = 40
    let names = (0..<depth).map { "a-node-with-quite-a-long-name-\($0)" }
    let base = try Workbench.compile(
      "/dts-v1/; / { " + names.map { "\($0) { " }.joined() + "leaf: leaf { };"
        + String(repeating: " };", count: depth) + " };")
    let overlay = try Workbench.compile(
      "/dts-v1/; /plugin/; &leaf { " + (0..<60).map { "l\($0): n\($0) { };" }.joined() + " };")
    let merged = try EditableTree.merged(overlay, onto: base)
    #expect(merged.count > base.count + 3 * overlay.count)
    let expected = try Workbench.overlay(overlay, on: base)
    #expect(try Workbench.decompile(merged) == Workbench.decompile(expected))
  }

  @Test func aTargetThatIsNotThereIsNamed() throws {
    let base = try Workbench.compile(Sample.base)
    let overlay = try Workbench.compile("/dts-v1/; /plugin/; &{/soc/can@0} { status = \"okay\"; };")
    let wanted = TreeEditError.overlay(.noTarget(fragment: "/fragment@0", path: "/soc/can@0"))
    #expect(throws: wanted) { try EditableTree.merged(overlay, onto: base) }
  }

  /// By label, by path, and by the phandle that the base's author gave.
  @Test func whereTheTreesNodesStandInTheOverlay() throws {
    let base = try Workbench.compile(
      Sample.base.replacing("ccu: clock@1c20000 {", with: "ccu: clock@1c20000 { phandle = <9>;"))
    let overlay = try Workbench.compile(
      """
      /dts-v1/; /plugin/;
      / {
        fragment@0 { target = <&soc>; __overlay__ { serial@1c28000 { }; }; };
        fragment@1 { target-path = "/"; __overlay__ { a { b { }; }; }; };
        fragment@2 { target = <9>; __overlay__ { a; }; };
        fragment@3 { target = <&uart0>; __overlay__ { a; }; };
        fragment@4 { target-path = "/nowhere"; };
      };
      """)
    let merged = try EditableTree.merged(overlay, onto: base)
    let targets = OverlayTargets(
      of: try DeviceTree(parsing: overlay.span.bytes),
      in: try DeviceTree(parsing: merged.span.bytes))
    let top = "/fragment@1/__overlay__"
    #expect(
      targets.sources(of: "/soc/serial@1c28000") == [
        "/fragment@3/__overlay__", "/fragment@0/__overlay__/serial@1c28000",
        top + "/soc/serial@1c28000",
      ])
    #expect(targets.sources(of: "/a/b") == [top + "/a/b"])
    #expect(targets.sources(of: "/") == [top])
    #expect(targets.sources(of: "/society") == [top + "/society"])
    #expect(
      targets.sources(of: "/soc/clock@1c20000").first == "/fragment@2/__overlay__")
  }
}

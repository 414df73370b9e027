import DeviceTree
import SeededGenerator
import Testing
import TreeEditing

/// Whatever the overlay says, the answer is a tree or an error. That there is one at all is the
/// test: libfdt alone would read and write outside the trees, or never return.
@Suite struct HostileOverlayTests {
  let base: [UInt8]
  let overlay: [UInt8]

  init() throws {
    base = try Workbench.compile(Sample.base)
    overlay = try Workbench.compile(Sample.overlay)
  }

  /// An overlay without a fragment for dtc to make, whose fixups are written by hand.
  private func refusal(_ body: String) throws -> OverlayFault? {
    var tree = try EditableTree(base, padding: 0x3000)
    let crafted = try Workbench.compile("/dts-v1/; / { \(body) };")
    do {
      try tree.apply(overlay: crafted)
      return nil
    } catch {
      guard case .overlay(let fault) = error else { throw error }
      return fault
    }
  }

  @Test(
    arguments: [
      "/f/__overlay__:p:1", "/f/__overlay__:p:4294967292", "/f/__overlay__:p:-4",
      "/f/__overlay__:p:", "/f/__overlay__:p: 0", "/f/__overlay__:p:0x0", "/f/__overlay__:p:0:0",
      "/f/__overlay__::0", "/f/__overlay__:p", ":p:0", "f:target:0", "serial0:p:0", "",
      "/f/__overlay__:q:0", "/f/nothing:p:0", "/f:target-path:0", "/__fixups__:uart0:0",
      "/__local_fixups__:p:0", "//__fixups__:uart0:0",
    ])
  func fixupsThatLeadAstrayAreRefused(entry: String) throws {
    let fault = try refusal(
      """
      f { target-path = "/soc"; __overlay__ { p = <0xffffffff>; }; };
      __fixups__ { uart0 = "\(entry)"; };
      __local_fixups__ { p = ""; };
      """)
    #expect(fault != nil)
  }

  @Test(
    arguments: [
      "f { __overlay__ { p = <1>; }; };", "f { __overlay__ { p = <0xfffffffc>; }; };",
      "f { __overlay__ { p = [00]; }; };", "f { __overlay__ { q = <0>; }; };", "g { };",
      "f { target-path = <0>; };", "__fixups__ { uart0 = <0>; };",
      "f { __overlay__ { p = <0>; phandle = <0>; }; };", "__symbols__ { p = <0>; };",
    ])
  func localFixupsThatLeadAstrayAreRefused(fixups: String) throws {
    let fault = try refusal(
      """
      f { target-path = "/soc"; __overlay__ { p = <1>; phandle = <1>; }; };
      __fixups__ { uart0 = "/f/__overlay__:p:0"; };
      __symbols__ { p = "/f/__overlay__"; };
      __local_fixups__ { \(fixups) };
      """)
    #expect(fault != nil)
  }

  @Test(arguments: ["\"soc\"", "\"loop\"", "\"open\"", "[2f 73]", "\"/soc\", \"/\"", "\"\"", "<>"])
  func aTargetThatIsNoAbsolutePathIsRefused(path: String) throws {
    let fault = try refusal("f { target-path = \(path); __overlay__ { p; }; };")
    #expect(fault == .malformedTargetPath(fragment: "/f"))
  }

  @Test(arguments: ["loop", "open", "serial0"])
  func aSymbolThatIsNoAbsolutePathIsRefused(symbol: String) throws {
    var tree = try EditableTree(base, padding: 0x3000)
    try tree.set("uart0", of: "/__symbols__", to: Array(symbol.utf8) + [0])
    #expect(throws: TreeEditError.overlay(.malformedSymbol("uart0"))) {
      try tree.apply(overlay: overlay)
    }
    try tree.set("uart0", of: "/__symbols__", to: [])
    #expect(throws: TreeEditError.overlay(.malformedSymbol("uart0"))) {
      try tree.apply(overlay: overlay)
    }
  }

  @Test func anyByteMayHoldAnything() throws {
    let seed = UInt64.random(in: .min ... .max)
    var random = SeededGenerator(seed: seed)
    let whole = try EditableTree(base, padding: 0x3000)
    for round in 0..<4000 {
      var mutant = overlay
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let index = Int.random(in: mutant.indices, using: &random)
        mutant[index] = UInt8.random(in: .min ... .max, using: &random)
      }
      var tree = whole
      do {
        try tree.apply(overlay: mutant)
        let scan = FlatTree.scanning(tree.bytes)
        #expect(scan.tree != nil, "seed \(seed), round \(round)")
      } catch {
        #expect(tree.bytes == whole.bytes, "seed \(seed), round \(round)")
      }
    }
  }

  /// The places where an overlay tells where to write, each with every kind of wrong digit.
  @Test func anyDigitOfAFixupMayBeAnother() throws {
    let whole = try EditableTree(base, padding: 0x3000)
    for index in overlay.indices where overlay[index] >= 0x2F && overlay[index] <= 0x3A {
      for byte in "0129:/-\0".utf8 {
        var mutant = overlay
        mutant[index] = byte
        var tree = whole
        try? tree.apply(overlay: mutant)
      }
    }
  }

  @Test func aCutOverlayIsRefused() throws {
    var tree = try EditableTree(base, padding: 0x3000)
    for length in 0..<overlay.count {
      #expect(throws: TreeEditError.self) { try tree.apply(overlay: Array(overlay[..<length])) }
    }
  }
}

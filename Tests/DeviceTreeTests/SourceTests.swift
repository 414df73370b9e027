import DeviceTree
import Testing

/// Trees as source text, and what two of them differ in.
@Suite struct SourceTests {
  @Test(
    arguments: [
      ([], "x;"), ([0x61, 0], "x = \"a\";"),
      ([0x61, 0, 0x22, 0x5C, 0], "x = \"a\", \"\\\"\\\\\";"),
      ([0, 0, 0, 5], "x = <0x5>;"), ([0], "x = [00];"), ([0x61, 0, 0, 0], "x = <0x61000000>;"),
      ([1, 2, 0xAB], "x = [01 02 ab];"), ([0xC3, 0xA4, 0], "x = [c3 a4 00];"),
    ] as [([UInt8], String)])
  func valuesAreGuessed(value: [UInt8], source: String) {
    #expect(Property(name: "x", value: value).source == source)
  }

  @Test(arguments: [SampleSource.board, SampleSource.bare])
  func dtcReadsTheSourceAsTheSameTree(sample: String) throws {
    let blob = try DTC.compile(sample)
    let tree = try DeviceTree(parsing: blob.span.bytes)
    let again = try DTC.compile(tree.source, arguments: ["-f"])
    let same = try DeviceTree(parsing: again.span.bytes)
    #expect(same == tree)
  }

  @Test func aDifferenceNamesNodeAndProperty() throws {
    let old = try tree("/ { a; b = <1>; n { x; }; gone { }; };")
    let new = try tree("/ { b = <2>; c; n { x; m { }; }; };")
    let expected: [TreeDifference] = [
      .property(path: "/", old: Property.empty("a"), new: nil),
      .property(path: "/", old: Property.cells("b", [1]), new: Property.cells("b", [2])),
      .property(path: "/", old: nil, new: Property.empty("c")),
      .added(path: "/n/m", Node(name: "m")),
      .removed(path: "/gone", Node(name: "gone")),
    ]
    #expect(TreeDifference.between(old, new) == expected)
    #expect(TreeDifference.between(old, old).isEmpty)
  }

  @Test func theOrderMeansNothing() throws {
    let one = try tree("/ { a; b; n { }; m { }; };")
    let other = try tree("/ { b; a; m { }; n { }; };")
    #expect(TreeDifference.between(one, other).isEmpty)
  }

  private func tree(_ source: String) throws -> DeviceTree {
    let blob = try DTC.compile("/dts-v1/; " + source)
    return try DeviceTree(parsing: blob.span.bytes)
  }
}

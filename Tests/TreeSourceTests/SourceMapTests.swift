import Testing
import TreeSource

/// Places in sources that dtc reads itself: lines and columns as an editor counts them.
@Suite struct SourceMapTests {
  static let source = """
    /dts-v1/;
    /include/ "soc.dtsi"
    / {
    \t#address-cells = <1>;\t#size-cells = <1>;
    \tmodel = "a /* { \\" } */ b;"; /* { */
    \tempty;
    \tmulti = <1 2
    \t\t3 4>,
    \t  [00 11];
    \tlab: labelled = "é{", "ü"; after;
    \tn1: node@1 {\treg = <1 1>; };
    \tn2: n3: other
    \t// a comment {
    \t/* another { */
    \t{
    \t\tsub { a; }; sub2 { /* x */ };
    \t};
    \tgone { a; };
    \t/delete-node/ gone;
    };
    &n1 { reg = <2 2>; added; };
    &{/other/sub} { c; };
    / { other { sub { d; }; }; };

    """

  let map: SourceMap

  init() throws {
    map = try DTC.map([
      ("board.dts", Self.source),
      ("soc.dtsi", "/ { soc { /delete-property/ x; y; }; other { z; }; };\n"),
    ])
  }

  private func names(of node: String) -> [String] {
    map.places(of: node).map { $0.name?.description ?? "-" }
  }

  private func places(of property: String, in node: String) -> [String] {
    map.ranges(of: property, in: node).map(\.description)
  }

  @Test func propertiesStandFromTheirNameToTheirSemicolon() {
    #expect(places(of: "#address-cells", in: "/") == ["board.dts:4:2-4:23"])
    #expect(places(of: "#size-cells", in: "/") == ["board.dts:4:24-4:42"])
    #expect(places(of: "model", in: "/") == ["board.dts:5:2-5:30"])
    #expect(places(of: "empty", in: "/") == ["board.dts:6:2-6:8"])
    #expect(places(of: "multi", in: "/") == ["board.dts:7:2-9:12"])
  }

  @Test func columnsAreScalarsNotBytes() {
    #expect(places(of: "labelled", in: "/") == ["board.dts:10:7-10:28"])
    #expect(places(of: "after", in: "/") == ["board.dts:10:29-10:35"])
  }

  @Test func aNodeHasEachPlaceThatMakesIt() {
    #expect(names(of: "/node@1") == ["board.dts:11:6-11:12", "board.dts:21:1-21:4"])
    #expect(map.places(of: "/node@1").map(\.naming) == [.name, .label])
    #expect(map.places(of: "/node@1")[0].body.description == "board.dts:11:13-11:30")
    #expect(
      names(of: "/other/sub")
        == ["board.dts:16:3-16:6", "board.dts:22:1-22:14", "board.dts:23:13-23:16"])
    #expect(map.places(of: "/other/sub").map(\.naming) == [.name, .path, .name])
    #expect(
      names(of: "/") == ["soc.dtsi:1:1-1:2", "board.dts:3:1-3:2", "board.dts:23:1-23:2"])
  }

  @Test func aNameMayStandLinesBeforeItsBrace() {
    #expect(
      names(of: "/other")
        == ["soc.dtsi:1:38-1:43", "board.dts:12:10-12:15", "board.dts:23:5-23:10"])
    #expect(map.places(of: "/other")[1].body.description == "board.dts:15:2-17:4")
  }

  @Test func ofAPropertyTheLastDefinitionCounts() {
    #expect(places(of: "reg", in: "/node@1") == ["board.dts:21:7-21:19"])
    #expect(places(of: "c", in: "/other/sub") == ["board.dts:22:17-22:19"])
  }

  @Test func whatWasDeletedOrMadeByDTCStandsNowhere() {
    #expect(map.places(of: "/gone").isEmpty)
    #expect(places(of: "x", in: "/soc").isEmpty)
    #expect(places(of: "phandle", in: "/node@1").isEmpty)
  }

  @Test func aFindingIsShownAtTheNearestPlace() {
    #expect(map.range(node: "/node@1", property: "reg")?.line == 21)
    #expect(map.range(node: "/node@1", property: "none")?.description == "board.dts:11:6-11:12")
    #expect(map.range(node: "/soc/none/none")?.description == "soc.dtsi:1:5-1:8")
    #expect(map.range(node: "/none")?.file == "soc.dtsi")
    #expect(SourceMap().range(node: "/none") == nil)
  }
}

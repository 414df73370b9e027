import Testing
import TreeSource

/// Places in sources that go through cpp, which squeezes lines and expands macros.
@Suite struct PreprocessedMapTests {
  static let files = [
    (
      "board.dts",
      """
      /dts-v1/;
      #include "macros.h"
      #include "soc.dtsi"
      / {
      \t#address-cells = <1>;\t// é
      \ta   =    REGS(5);  b = "é", "x"; /* c */ c = <FLAG>; d = <FLAG>;
      \tm = PAIR(1,
      \t\t2), <3>;
      \tz;
      #ifdef FLAG
      \tf = "/* no { */";
      #else
      \tg = "never";
      #endif
      \tk; PROP l; PROP j;
      \tNODE(1);
      \tlab:   foo   { h; };
      };

      """
    ),
    (
      "macros.h",
      """
      #define REGS(x) <x 0x10>
      #define NODE(n) n##node { val = <n>; }
      #define FLAG 4
      #define PAIR(a, b) <a b>
      #define PROP i = <1>;

      """
    ),
    ("soc.dtsi", "/ {\n\tsoc\t{\tx   =   <1> ; /* x */  y;\t};\n};\n"),
  ]

  let map: SourceMap

  init() throws { map = try DTC.map(Self.files, throughCPP: true) }

  private func place(of property: String, in node: String = "/") -> String? {
    map.ranges(of: property, in: node).first?.description
  }

  @Test func columnsAreThoseOfTheSource() {
    #expect(place(of: "#address-cells") == "board.dts:5:2-5:23")
    #expect(place(of: "x", in: "/soc") == "soc.dtsi:2:8-2:21")
    #expect(place(of: "y", in: "/soc") == "soc.dtsi:2:31-2:33")
    #expect(place(of: "h", in: "/foo") == "board.dts:17:17-17:19")
    #expect(map.places(of: "/foo")[0].name?.description == "board.dts:17:9-17:12")
    #expect(map.places(of: "/soc")[0].name?.description == "soc.dtsi:2:2-2:5")
  }

  @Test func aMacroWithinAValueHidesNothing() {
    #expect(place(of: "a") == "board.dts:6:2-6:19")
    #expect(place(of: "b") == "board.dts:6:21-6:34")
    #expect(place(of: "c") == "board.dts:6:43-6:54")
    #expect(place(of: "d") == "board.dts:6:55-6:66")
    #expect(place(of: "f") == "board.dts:11:2-11:19")
    #expect(place(of: "z") == "board.dts:9:2-9:4")
  }

  @Test func whatAMacroMakesHasItsLine() {
    #expect(place(of: "val", in: "/1node") == "board.dts:16-16")
    #expect(map.places(of: "/1node").map(\.naming) == [.unknown])
    #expect(map.range(node: "/1node")?.line == 16)
    #expect(place(of: "i") == "board.dts:15-15")
  }

  @Test func aMacroThatHoldsSemicolonsHidesWhatStandsBetweenTwo() {
    #expect(place(of: "k") == "board.dts:15:2-15:4")
    #expect(place(of: "l") == "board.dts:15-15")
    #expect(place(of: "j") == "board.dts:15:18-15:20")
  }

  @Test func argumentsOverLinesKeepTheirStart() {
    #expect(place(of: "m") == "board.dts:7:2-7")
  }
}

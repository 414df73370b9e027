import Testing
import TreeSource

@Suite struct SourceShapeTests {
  @Test(
    arguments: [
      "#include <x.h>", "  # include \"x\"", "a;\n#define X 1", "#if X", "#ifdef X", "#endif",
      "#undef X", "/* c */ #define X",
    ])
  func linesForCPPAreKnown(text: String) {
    #expect(SourceShape(Array(text.utf8)).needsPreprocessor)
  }

  @Test(
    arguments: [
      "#address-cells = <1>;", "#if-cells = <1>;", "#define,cells;", "a = \"\n#include\";",
      "// \n// #include\n", "/*\n#include <x>\n*/", "a; #define X", "# 1 \"x.dts\"", "#", "",
    ])
  func propertiesAndCommentsAreNone(text: String) {
    #expect(!SourceShape(Array(text.utf8)).needsPreprocessor)
  }

  @Test func anOverlaySaysSo() {
    #expect(SourceShape(Array("/dts-v1/ /plugin/;".utf8)).isOverlay)
    #expect(!SourceShape(Array("/dts-v1/; /* /plugin/ */ / { a = \"/plugin/\"; };".utf8)).isOverlay)
  }

  @Test func whatASourceAsksFor() {
    let text = """
      /dts-v1/;
      #include "soc.dtsi"
        # include <bindings/gic.h>   // "no"
      /* #include "comment" */
      #include MACRO
      /include/ "old.dtsi"
      / { ä = "/include/ \\"text\\""; b = /incbin/("logo.bin", 0, 4); };
      """
    let includes = SourceShape(Array(text.utf8)).includes
    #expect(includes.map(\.name) == ["soc.dtsi", "bindings/gic.h", "old.dtsi", "logo.bin"])
    #expect(includes.map(\.kind) == [.quoted, .bracketed, .ofCompiler, .binary])
    #expect(includes.map(\.line) == [2, 3, 6, 7])
    #expect(includes.map(\.column) == [1, 3, 1, 35])
  }

  @Test(arguments: [
    "#include", "#include \"", "#include <x", "#include \"\"", "/include/ x", "/incbin/(",
  ])
  func nothingIsAskedFor(text: String) {
    #expect(SourceShape(Array(text.utf8)).includes.isEmpty)
  }

  @Test func whatCPPHasRead() {
    let text =
      "# 0 \"board.dts\"\n# 0 \"<built-in>\"\n# 1 \"a \\\"b\\\".h\" 1\n# 2 \"board.dts\" 2\n/ { };\n"
    #expect(SourceShape(Array(text.utf8)).filesRead == ["board.dts", "a \"b\".h"])
  }
}

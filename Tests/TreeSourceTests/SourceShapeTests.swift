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
}

import Diagnostics
import Testing
import TreeCompiler

/// What dtc and cpp complain of, where an editor would show it.
@Suite struct ComplaintTests {
  private func refusal(_ text: String) async throws -> [String] {
    try await Workbench(["board.dts": text]).refusal()
  }

  @Test func aSyntaxErrorHasItsPlace() async throws {
    #expect(
      try await refusal("/dts-v1/;\n/ {\n\ta = \"é\"; b = <1 2;\n};\n")
        == ["board.dts:3:19: dtc cannot read this [dts-syntax]"])
    #expect(
      try await refusal("#define X 1\n/dts-v1/;\n/ {\n\ta   =   <X>;   b =   <1 2;\n};\n")
        == ["board.dts:4:27: dtc cannot read this [dts-syntax]"])
    #expect(
      try await refusal("#define X 2;\n/dts-v1/;\n/ {\n\tb = <1 X > ; };\n")
        == ["board.dts:4: dtc cannot read this [dts-syntax]"])
  }

  @Test func numbersAndLabelsThatMeanNothingAreToldOneByOne() async throws {
    #expect(
      try await refusal(
        "/dts-v1/;\n/ { a = <99999999999999999999>; b = /bits/ 8 <256>; };\n&x { };\n")
        == [
          "board.dts:2:10: integer literal '99999999999999999999' out of range [dts-syntax]",
          "board.dts:2:47: value out of range for 8-bit array element [dts-syntax]",
          "board.dts:3:1: label or path x not found [dts-syntax]",
        ])
  }

  @Test func aFileThatIsMissingIsShownWhereItIsIncluded() async throws {
    #expect(
      try await refusal("/dts-v1/;\n  /include/ \"no.dtsi\"\n/ { };\n")
        == [
          "board.dts:2:13: couldn't open \"no.dtsi\": No such file or directory [dts-syntax]"
        ])
    #expect(
      try await refusal("/dts-v1/;\n\t#include \"no.h\"\n/ { };\n")
        == ["board.dts:2:11: cpp: no.h: No such file or directory [dts-syntax]"])
    #expect(
      try await refusal("#error stop\n").first?.hasPrefix("board.dts:1:2: cpp: #error stop") == true
    )
  }

  @Test func anEmptyFileIsRefused() async throws {
    #expect(try await refusal("").count == 1)
    #expect(try await refusal("\u{0}\u{1}\u{FF}").count == 1)
  }

  @Test func aLabelThatStandsTwiceIsShownAtTheLabel() async throws {
    let bench = try Workbench([
      "board.dts": "/dts-v1/;\n/ {\n\tr = <&l>;\n\tl: a { };\n\tx: l: b { };\n};\n"
    ])
    let compiled = try await bench.compile()
    #expect(
      bench.messages(compiled) == [
        "board.dts:5:5: /b: duplicate label 'l' on /b and /a [duplicate_label]"
      ])
    #expect(compiled.messages[0].notes.count == 1)
    #expect(compiled.isResolved)
  }

  @Test func aReferenceToNothingIsShownAtTheReference() async throws {
    let bench = try Workbench([
      "board.dts": """
      /dts-v1/;
      / {
      \ta = <1 &no>, "é", <&no 2>; p = &no2;
      \tn { q = <&no &{/none}>; };
      };

      """
    ])
    let compiled = try await bench.compile()
    func sentence(_ label: String) -> String {
      "reference to non-existent node or label \"\(label)\""
    }
    #expect(
      bench.messages(compiled) == [
        "board.dts:3:9: /: a: \(sentence("no")) [phandle_references]",
        "board.dts:3:21: /: a: \(sentence("no")) [phandle_references]",
        "board.dts:4:11: /n: q: \(sentence("no")) [phandle_references]",
        "board.dts:4:15: /n: q: \(sentence("/none")) [phandle_references]",
        "board.dts:3:33: /: p: \(sentence("no2")) [path_references]",
      ])
    #expect(compiled.isResolved)
  }

  @Test(
    arguments: ["a { }; a { };", "a { phandle = <0>; };"])
  func whereDTCGivesUpTheReferencesAreNotResolved(body: String) async throws {
    let bench = try Workbench(["board.dts": "/dts-v1/; / { r = <&l>; l: l { }; \(body) };"])
    let compiled = try await bench.compile()
    #expect(!compiled.isResolved)
    // The blob shows it to the rules.
    #expect(compiled.messages.isEmpty)
  }

  @Test func aRefusalIsADiagnosticWithItsPlace() async throws {
    let bench = try Workbench(["board.dts": "/dts-v1/;\n/ { a = <1; };\n"])
    let error = await #expect(throws: TreeCompilerError.self) { _ = try await bench.compile() }
    #expect(error?.diagnostic.span?.line == 2)
    #expect(error?.diagnostic.span?.column == 11)
    #expect(error?.diagnostic.help?.contains("semicolon") == true)
  }
}

import Diagnostics
import Testing
import TreeSource

/// Changes to source text that are not made, and the reason.
@Suite struct DTSEditRefusalTests {
  private func edit(_ text: String, _ changes: [Fix.Change]) throws -> DTSEdit.Outcome {
    let map = try DTC.map([("board.dts", text)])
    return DTSEdit(file: "board.dts", text: Array(text.utf8), map: map).applying(changes)
  }

  private func refusal(_ text: String, _ changes: Fix.Change...) throws -> DTSEditRefusal? {
    let outcome = try edit(text, changes)
    if outcome.refused.isEmpty { return nil }
    #expect(outcome.applied.count + outcome.refused.count == changes.count)
    if outcome.applied.isEmpty { #expect(outcome.text == Array(text.utf8)) }
    return outcome.refused[0].reason
  }

  @Test func ofTwoChangesOfOneTextTheFirstIsMade() throws {
    let text = "/dts-v1/;\n/ {\n\ta = <1>;\n};\n"
    let first = Fix.Change.set(node: "/", property: "a", value: "<2>")
    #expect(
      try refusal(text, first, .set(node: "/", property: "a", value: "<3>")) == .overlaps(first))
    #expect(try refusal(text, first, .remove(node: "/", property: "a")) == .overlaps(first))
  }

  @Test func onlyWhatStandsInOnePlaceIsChanged() throws {
    let text = "/dts-v1/;\n/ { l: n { a; }; };\n&l { b; };\n/ { m { }; m { c; }; };\n"
    #expect(
      try refusal(text, .set(node: "/n", property: "x", value: ""))
        == .severalPlaces("/n", count: 2))
    #expect(try refusal(text, .remove(node: "/n", property: "a")) == .severalPlaces("/n", count: 2))
    #expect(try refusal(text, .rename(node: "/m", to: "o")) == .severalPlaces("/m", count: 2))
    #expect(try refusal(text, .set(node: "/n", property: "a", value: "<1>")) == nil)
    // References by label stay good.
    #expect(try refusal(text, .rename(node: "/n", to: "o")) == nil)
    #expect(try refusal(text, .rename(node: "/none", to: "o")) == .notInFile("/none"))
    #expect(
      try refusal(
        "/dts-v1/;\n/ { n { }; };\n&{/n} { b; };\n", .rename(node: "/n", to: "o"))
        == .severalPlaces("/n", count: 2))
  }

  @Test func aLabelIsNotLeftAlone() throws {
    #expect(
      try refusal("/dts-v1/; / { l: a; };", .remove(node: "/", property: "a"))
        == .labelled("/: a"))
  }

  @Test(arguments: ["<1>; b", "\"a", "/* x */", "<1> // x", "{", "#define x", "\n", " ", "'a"])
  func whatWouldEndTheValueIsNotWritten(value: String) throws {
    let text = "/dts-v1/; / { a; };"
    #expect(
      try refusal(text, .set(node: "/", property: "a", value: value)) == .unwritable(value))
  }

  @Test(arguments: ["", "a b", "a;", "a/b", "\""])
  func whatIsNoNameIsNotWritten(name: String) throws {
    let text = "/dts-v1/; / { n { }; };"
    #expect(try refusal(text, .rename(node: "/n", to: name)) == .unwritable(name))
    #expect(try refusal(text, .set(node: "/", property: name, value: "")) == .unwritable(name))
  }

  @Test func whatMacrosMakeIsLeftAlone() throws {
    let map = try DTC.map(PreprocessedMapTests.files, throughCPP: true)
    let text = Array(PreprocessedMapTests.files[0].1.utf8)
    let outcome = DTSEdit(file: "board.dts", text: text, map: map).applying([
      .set(node: "/1node", property: "val", value: "<1>"),
      .rename(node: "/1node", to: "node1"), .remove(node: "/", property: "i"),
      .set(node: "/soc", property: "x", value: "<2>"),
      .set(node: "/", property: "m", value: "<1>"),
      .set(node: "/", property: "d", value: "<5>"),
    ])
    #expect(outcome.applied == [.set(node: "/", property: "d", value: "<5>")])
    #expect(
      String(decoding: outcome.text, as: UTF8.self)
        == PreprocessedMapTests.files[0].1.replacing("d = <FLAG>", with: "d = <5>"))
    #expect(
      outcome.refused.map(\.reason) == [
        .macro("/1node: val"), .macro("/1node"), .macro("/: i"), .notInFile("/soc: x"),
        .macro("/: m"),
      ])
  }

  @Test func aTextThatHasChangedIsLeftAlone() throws {
    let map = try DTC.map([("board.dts", "/dts-v1/; / { a; n { }; };")])
    let text = Array("/dts-v1/; / { b; o { }; };".utf8)
    let outcome = DTSEdit(file: "board.dts", text: text, map: map).applying([
      .set(node: "/", property: "a", value: "<1>"), .rename(node: "/n", to: "m"),
    ])
    #expect(outcome.text == text)
    #expect(outcome.refused.map(\.reason) == [.changed("/: a"), .changed("/n")])
    let empty = DTSEdit(file: "board.dts", text: [], map: map).applying([
      .set(node: "/n", property: "x", value: "")
    ])
    #expect(empty.refused.map(\.reason) == [.changed("/n")])
  }
}

import Diagnostics
import Testing
import TreeSource

/// Changes to source text, with every other byte left as it is.
@Suite struct DTSEditTests {
  private func edit(_ text: String, _ changes: [Fix.Change]) throws -> DTSEdit.Outcome {
    let map = try DTC.map([("board.dts", text)])
    return DTSEdit(file: "board.dts", text: Array(text.utf8), map: map).applying(changes)
  }

  /// The text between the root's braces.
  private func edited(_ body: String, _ changes: Fix.Change...) throws -> String {
    let head = "/dts-v1/;\n/ {\n"
    let outcome = try edit(head + body + "\n};\n", changes)
    #expect(outcome.refused.isEmpty)
    return String(String(decoding: outcome.text, as: UTF8.self).dropFirst(head.count).dropLast(4))
  }

  @Test func aValueIsReplacedInItsPlace() throws {
    #expect(
      try edited(
        "\ta=<1>;\tlab: reg = /* é */ <1 2>, // x\n\t\t<3 4> /* y */ ; c;",
        .set(node: "/", property: "reg", value: "<5 6>"))
        == "\ta=<1>;\tlab: reg = /* é */ <5 6> /* y */ ; c;")
    #expect(
      try edited("\ts = \"a;b\";", .set(node: "/", property: "s", value: "\"c\", \"d\""))
        == "\ts = \"c\", \"d\";")
  }

  @Test func aPropertyGetsAndLosesItsValue() throws {
    #expect(
      try edited("\ta /* x */;", .set(node: "/", property: "a", value: "<1>")) == "\ta = <1>;")
    #expect(try edited("\ta = <1> ;", .set(node: "/", property: "a", value: "")) == "\ta;")
  }

  @Test func aNewPropertyIsTheFirstOfItsNode() throws {
    #expect(
      try edited("\tn: n { // why\n\t\ta;\n\t};", .set(node: "/n", property: "b", value: "<1>"))
        == "\tn: n { // why\n\t\tb = <1>;\n\t\ta;\n\t};")
    #expect(
      try edited("    n {\n    };", .set(node: "/n", property: "b", value: ""))
        == "    n {\n        b;\n    };")
    #expect(try edited("\tn { };", .set(node: "/n", property: "b", value: "")) == "\tn { b; };")
    #expect(
      try edited("\tn { /* x\n\t*/ a; };", .set(node: "/n", property: "b", value: ""))
        == "\tn { b; /* x\n\t*/ a; };")
    #expect(
      try edited("\tn { a;\n\t};", .set(node: "/n", property: "b", value: ""))
        == "\tn { b; a;\n\t};")
    #expect(
      try edited("\tn {\r\n\t\ta;\r\n\t};", .set(node: "/n", property: "b", value: ""))
        == "\tn {\r\n\t\tb;\r\n\t\ta;\r\n\t};")
  }

  @Test func aPropertyGoesWithItsLines() throws {
    #expect(
      try edited("\ta;\n\tb = <1\n\t\t2>;  \n\tc;", .remove(node: "/", property: "b"))
        == "\ta;\n\tc;")
    #expect(try edited("\ta; b; c;", .remove(node: "/", property: "b")) == "\ta;  c;")
    #expect(
      try edited("\ta; /* why */\n\tb;", .remove(node: "/", property: "a")) == "\t /* why */\n\tb;")
  }

  @Test func aNodeGetsAnotherName() throws {
    #expect(
      try edited(
        "\tl: uart@1 /* x */\n\t{ };", .rename(node: "/uart@1", to: "serial@1c28000"))
        == "\tl: serial@1c28000 /* x */\n\t{ };")
  }

  @Test func severalChangesAreMadeInOnePass() throws {
    #expect(
      try edited(
        "\tn@1 {\n\t\tb = <1>; c = <2>; d;\n\t};",
        .set(node: "/n@1", property: "c", value: "<3>"), .rename(node: "/n@1", to: "n@2"),
        .set(node: "/n@1", property: "x", value: "<4>"), .remove(node: "/n@1", property: "b"),
        .set(node: "/n@1", property: "y", value: ""),
        .set(node: "/n@1", property: "c", value: "<3>"))
        == "\tn@2 {\n\t\tx = <4>;\n\t\ty;\n\t\t c = <3>; d;\n\t};")
  }
}

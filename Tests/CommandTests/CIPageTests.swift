import BuiltProgram
import Foundation
import OutsideTools
import Testing

/// The snippets of the page about CI do what they say, as far as that can be seen without the
/// services that they are written for.
@Suite struct CIPageTests {
  private static func page() throws -> String {
    try String(
      contentsOf: TranscriptTests.root.appending(path: "Docs/ci.md"), encoding: .utf8)
  }

  /// The commands of ours in the code blocks, without what only a service can do.
  private static func commands() throws -> [String] {
    try page().matches(of: /(?m)^(?:[ ]*- |[ ]*run: |[ ]*entry: )?(ctboot lint[^\n|]*)/).map {
      String($0.output.1)
    }
  }

  /// One tree without fault and one whose SPI has a trigger that no SPI can have; beside them the good
  /// one by another name, with an overlay that makes the bad one of it.
  private static func withTrees<T>(_ body: (URL) throws -> T) throws -> T {
    try OutsideTool.withTemporaryFolder { folder in
      let trees = folder.appending(path: "dts")
      try FileManager.default.createDirectory(at: trees, withIntermediateDirectories: true)
      for (name, flag) in [("good", 4), ("bad", 8)] {
        try """
        /dts-v1/;
        / {
          #address-cells = <1>;
          #size-cells = <1>;
          compatible = "example,board";
          model = "Example";
          interrupt-parent = <&gic>;
          gic: interrupt-controller@1000 {
            compatible = "arm,gic-400";
            reg = <0x1000 0x1000>, <0x2000 0x2000>, <0x4000 0x2000>, <0x6000 0x2000>;
            interrupt-controller;
            #interrupt-cells = <3>;
            #address-cells = <0>;
          };
          device@8000 {
            reg = <0x8000 0x1000>;
            interrupts = <0 32 \(flag)>;
          };
        };
        """.write(
          to: trees.appending(path: "\(name).dts"), atomically: true, encoding: .utf8)
      }
      try FileManager.default.copyItem(
        at: trees.appending(path: "good.dts"), to: folder.appending(path: "board.dts"))
      let overlays = folder.appending(path: "overlays")
      try FileManager.default.createDirectory(at: overlays, withIntermediateDirectories: true)
      try "/dts-v1/;\n/plugin/;\n&{/device@8000} { interrupts = <0 32 8>; };\n".write(
        to: overlays.appending(path: "trigger.dtso"), atomically: true, encoding: .utf8)
      return try body(folder)
    }
  }

  @Test func thereAreCommandsOfEveryKind() throws {
    let text = try Self.commands().joined(separator: "\n")
    for format in ["github", "sarif", "gitlab", "rdjsonl"] {
      #expect(text.contains("--format \(format)"))
    }
    #expect(text.contains("--write-baseline") && text.contains("--baseline"))
  }

  /// A job is red because of the faulty tree, unless it is told never to be; nothing else goes wrong.
  @Test func everyCommandRuns() throws {
    for command in try Self.commands() {
      try Self.withTrees { folder in
        // The last command of the page relies on the one before it, the hook on the files it is given.
        let first =
          command.contains("--baseline")
          ? "ctboot lint --write-baseline lint-baseline.json --fail-on never dts; " : ""
        let full = command == "ctboot lint" ? "ctboot lint dts/bad.dts dts/good.dts" : command
        let result = try TranscriptTests.shell(first + full, in: folder)
        let isQuiet = command.contains("never") || command.contains("--baseline")
        #expect(result.status == (isQuiet ? 0 : 1), "`\(full)`: \(result.output)")
      }
    }
  }

  @Test func gitHubGetsTheLine() throws {
    try Self.withTrees { folder in
      let result = try TranscriptTests.shell("ctboot lint --format github dts", in: folder)
      #expect(
        result.output.contains("::error file=dts/bad.dts,line=17,col=5,"), "\(result.output)")
      #expect(result.output.contains("title=irq-spi-flag::"))
      #expect(!result.output.contains("good.dts"))
    }
  }

  @Test func theReportsAreJSON() throws {
    try Self.withTrees { folder in
      for format in ["sarif", "gitlab", "json"] {
        let result = try TranscriptTests.shell(
          "ctboot lint --format \(format) --fail-on never dts 2>/dev/null", in: folder)
        let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
        #expect(!"\(object)".isEmpty)
        #expect(result.output.contains("irq-spi-flag"))
      }
    }
  }

  /// What pre-commit would hand to the hook.
  @Test func theHookTakesTreesOnly() throws {
    let pattern = try #require(try Self.page().firstMatch(of: /files: (\S+)/)).output.1
    let expression = try Regex(String(pattern))
    for name in ["a.dts", "x/b.dtb", "c.dtbo", "d.dtso"] {
      #expect(name.contains(expression))
    }
    for name in ["a.dtsi", "dts.c", "README.md"] { #expect(!name.contains(expression)) }
  }
}

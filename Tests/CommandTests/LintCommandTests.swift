import BuiltProgram
import Foundation
import OutsideTools
import Testing

/// `ctboot lint` as somebody types it.
@Suite struct LintCommandTests {
  /// A tree that nothing is wrong with for dtc's checks and for rules of interrupts.
  private static let base = """
    /dts-v1/;
    / {
      #address-cells = <1>;
      #size-cells = <1>;
      model = "Example";
      compatible = "example,demo";
      interrupt-parent = <&gic>;
      memory@40000000 { device_type = "memory"; reg = <0x40000000 0x40000000>; };
      soc: soc {
        compatible = "simple-bus";
        #address-cells = <1>;
        #size-cells = <1>;
        ranges;
        gic: interrupt-controller@1c81000 {
          compatible = "arm,gic-400";
          reg = <0x1c81000 0x1000>, <0x1c82000 0x2000>, <0x1c84000 0x2000>, <0x1c86000 0x2000>;
          interrupt-controller;
          #interrupt-cells = <3>;
        };
        uart0: serial@1c28000 {
          compatible = "example,uart";
          reg = <0x1c28000 0x400>;
          interrupts = <0 1 4>;
        };
        old: old@1c29000 { reg = <0x1c29000 0x400>; interrupts = <0 2 8>; };
      };
    };

    """

  /// Flags that no SPI can have: of a node that it changes, and of one that it brings.
  private static let overlay = """
    /dts-v1/;
    /plugin/;
    &uart0 {
      interrupts = <0 1 8>;
    };
    &soc {
      spi@1c05000 {
        reg = <0x1c05000 0x1000>;
        // ctboot-lint: allow(irq-spi-flag): known
        interrupts = <0 3 8>;
      };
      can@1c2bc00 {
        interrupts = <0 26 8>;
        reg = <0x1c2bc00 0x400>;
      };
    };

    """

  private static func folder(_ files: [String: String] = [:]) throws -> TestProject {
    let folder = try TestProject("")
    try FileManager.default.removeItem(at: folder["ctboot.yaml"])
    for (name, text) in files { try folder.write(text, as: name) }
    return folder
  }

  private static func lint(
    _ arguments: [String], in folder: TestProject
  ) async throws -> Ctboot.Outcome {
    try await Ctboot.run(["lint"] + arguments, in: folder.folder)
  }

  private static func compile(_ name: String, in folder: TestProject) throws {
    let result = try OutsideTool.run(
      "dtc", ["-q", "-@", "-O", "dtb", "-o", "\(name).dtb", "\(name).dts"], in: folder.folder)
    try #require(result.status == 0, "\(result.output)")
  }

  // MARK: Overlays

  /// By itself nobody knows what its interrupts mean.
  @Test func anOverlayAlone() async throws {
    let folder = try Self.folder(["o.dts": Self.overlay])
    let outcome = try await Self.lint(["--select", "interrupts", "o.dts"], in: folder)
    #expect(outcome.status == 0)
    #expect(!outcome.output.contains("[irq-spi-flag]"), "\(outcome.output)")
  }

  /// libfdt leaves the end of a value behind where a shorter one takes its place.
  @Test func aShorterValueIsNoMistake() async throws {
    let folder = try Self.folder([
      "o.dts": "/dts-v1/;\n/plugin/;\n&old { status = \"okay\"; };\n",
      "base.dts": Self.base.replacing(
        "old: old@1c29000 {", with: "old: old@1c29000 { status = \"disabled\";"),
    ])
    let outcome = try await Self.lint(
      ["--base", "base.dts", "--select", "structure", "--fail-on", "info", "o.dts"], in: folder)
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
  }

  @Test(arguments: ["base.dts", "base.dtb"])
  func anOverlayOnItsBase(base: String) async throws {
    let folder = try Self.folder(["o.dts": Self.overlay, "base.dts": Self.base])
    try Self.compile("base", in: folder)
    let outcome = try await Self.lint(
      ["--base", base, "--select", "irq-spi-flag", "o.dts"], in: folder)
    #expect(outcome.status == 1)
    let lines = outcome.output.split(separator: "\n").filter {
      $0.hasPrefix("o.dts") || $0.hasPrefix("  in")
    }
    try #require(lines.count == 4, "\(outcome.output)")
    #expect(lines[0].hasPrefix("o.dts:4:3: error: "))
    #expect(lines[1] == "  in /soc/serial@1c28000: interrupts")
    #expect(lines[2].hasPrefix("o.dts:13:5: error: "))
    #expect(lines[3] == "  in /soc/can@1c2bc00: interrupts")
    #expect(outcome.errors == "2 errors (1 accepted)\n")
  }

  @Test func aBlobIsJudgedByNodes() async throws {
    let folder = try Self.folder(["o.dts": Self.overlay, "base.dts": Self.base])
    try Self.compile("o", in: folder)
    let outcome = try await Self.lint(
      ["--base", "base.dts", "--select", "irq-spi-flag", "--format", "json", "o.dtb"], in: folder)
    #expect(outcome.status == 1)
    for node in ["serial@1c28000", "spi@1c05000", "can@1c2bc00"] {
      #expect(outcome.output.contains("\"node\" : \"/soc/\(node)\""), "\(outcome.output)")
    }
    // What was wrong before is nobody's news, and offsets are those of no file.
    #expect(!outcome.output.contains("old@1c29000") && !outcome.output.contains("\"offset\""))
  }

  /// A folder of overlays, each judged by itself; other trees are judged as ever.
  @Test func overlaysAmongTrees() async throws {
    let fine = "/dts-v1/; /plugin/; &uart0 { status = \"okay\"; };\n"
    let folder = try Self.folder([
      "x/a.dts": fine, "x/b.dts": Self.base, "x/c.dts": Self.overlay, "base.dts": Self.base,
    ])
    let outcome = try await Self.lint(
      ["--base", "base.dts", "--select", "irq-spi-flag", "x"], in: folder)
    #expect(outcome.output.contains("\n  2  x/c.dts\n  1  x/b.dts\n"), "\(outcome.output)")
  }

  @Test func anOverlayOfAnotherTree() async throws {
    let folder = try Self.folder([
      "o.dts": "/dts-v1/; /plugin/; &spi7 { status = \"okay\"; };\n", "base.dts": Self.base,
    ])
    let outcome = try await Self.lint(["--base", "base.dts", "o.dts"], in: folder)
    #expect(outcome.status == 1)
    #expect(
      outcome.output == """
        o.dts: error: it cannot be laid over base.dts: the base tree has no label spi7 [overlay-refused]
          help: look at the label's spelling, and compile the base tree with `dtc -@`

        """)
  }

  @Test func aBaseThatIsNone() async throws {
    let folder = try Self.folder([
      "o.dts": Self.overlay, "base.dts": Self.base, "text.dtb": "text", "bad.dts": "/dts-v1/; / {",
    ])
    let missing = try await Self.lint(["--base", "no.dtb", "o.dts"], in: folder)
    #expect(missing.status == 2 && missing.errors.hasPrefix("error: no.dtb does not exist\n"))
    let text = try await Self.lint(["--base", "text.dtb", "o.dts"], in: folder)
    #expect(text.status == 2)
    #expect(text.errors.hasPrefix("error: nothing can be laid over text.dtb: "), "\(text.errors)")
    let bad = try await Self.lint(["--base", "bad.dts", "o.dts"], in: folder)
    #expect(bad.status == 2 && bad.errors.hasPrefix("error: bad.dts cannot be compiled\n"))
  }

  @Test func whatChangesNothingIsSaid() async throws {
    let folder = try Self.folder(["o.dts": Self.overlay, "base.dts": Self.base])
    let alone = try await Self.lint(
      ["--xen", "4.17", "--board", "cubietruck", "--fail-on", "never", "o.dts"], in: folder)
    #expect(
      alone.errors.hasPrefix(
        """
        warning: `--xen` and `--board` change nothing for the overlay o.dts
          note: without its tree, only an overlay's own form is judged
          help: name the tree that it is for with `--base TREE.dtb`

        """), "\(alone.errors)")
    let none = try await Self.lint(
      ["--base", "base.dts", "--fail-on", "never", "base.dts"], in: folder)
    #expect(
      none.errors.hasPrefix(
        "warning: none of the files is an overlay, so `--base base.dts` changes nothing\n"),
      "\(none.errors)")
    let both = try await Self.lint(
      ["--base", "base.dts", "--xen", "4.17", "--fail-on", "never", "o.dts"], in: folder)
    #expect(!both.errors.contains("warning:"), "\(both.errors)")
  }

  // MARK: Versions, addresses, folders, rules

  @Test(arguments: ["4.17", "4.17.5"])
  func aPatchedRelease(version: String) async throws {
    let folder = try Self.folder(["base.dts": Self.base])
    let outcome = try await Self.lint(
      ["--xen", version, "--fail-on", "never", "base.dts"], in: folder)
    #expect(outcome.status == 0 && !outcome.errors.contains("newer"), "\(outcome.errors)")
  }

  /// One warning, however many files.
  @Test func aReleaseThatIsStillToCome() async throws {
    let folder = try Self.folder(["x/a.dts": Self.base, "x/b.dts": Self.base])
    let outcome = try await Self.lint(["--xen", "4.99", "--fail-on", "never", "x"], in: folder)
    #expect(outcome.status == 0)
    let said = "warning: Xen 4.99 is newer than this program, which judges as for Xen 4.22\n"
    #expect(outcome.errors.components(separatedBy: said).count == 2, "\(outcome.errors)")
  }

  @Test(arguments: [
    (["--xen", "3.0"], "There is no Xen 3.0 for ARM: 4.3 was the first."),
    (["--xen", "4.2.5"], "There is no Xen 4.2.5 for ARM: 4.3 was the first."),
    (["--xen", "newest"], "`newest` is no version of Xen such as 4.17."),
    (
      ["--tree-address", "0xffffffffffffffff"],
      "The address of `0xffffffffffffffff` lies beyond the 52 bits that ARM has for them."
    ),
    (
      ["--load", "xen@fffffffffffff000"],
      "The address of `xen@fffffffffffff000` lies beyond the 52 bits that ARM has for them."
    ),
    (
      ["--select", "irq-spi-flags"],
      "There is no rule and no family of rules `irq-spi-flags`; did you mean `irq-spi-flag`?"
    ),
    (["--ignore", "nothing"], "There is no rule and no family of rules `nothing`; "),
  ])
  func wrongUsage(arguments: [String], words: String) async throws {
    let folder = try Self.folder(["base.dts": Self.base])
    let outcome = try await Self.lint(arguments + ["base.dts"], in: folder)
    #expect(outcome.status == 64 && outcome.output == "")
    #expect(outcome.errors.contains(words), "\(outcome.errors)")
  }

  @Test func aRuleThatIsNone() async throws {
    let folder = try Self.folder()
    let outcome = try await folder.run("explain", "irq-spi-flags")
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains("did you mean `irq-spi-flag`?"), "\(outcome.errors)")
  }

  @Test func aFolderOfIncludesThatIsNotThere() async throws {
    let folder = try Self.folder(["base.dts": Self.base])
    let words = """
      error: there is no folder nosuchdir, where #include and /include/ are to look
        help: correct its name, or leave it out

      """
    let lint = try await Self.lint(["-I", "nosuchdir", "base.dts"], in: folder)
    #expect(lint.status == 2 && lint.errors == words && lint.output == "")
    let show = try await folder.run("tree", "show", "-I", "nosuchdir", "base.dts")
    #expect(show.status == 2 && show.errors == words && show.output == "")
  }

  // MARK: Reports

  /// As many failures as the exit status knows of.
  @Test func testResultsFailWhereTheRunDoes() async throws {
    let folder = try Self.folder(["base.dts": Self.base.replacing("@1c29000", with: "@1c2900")])
    let arguments = ["--select", "simple_bus_reg", "--format", "junit", "base.dts"]
    let usual = try await Self.lint(arguments, in: folder)
    #expect(usual.status == 0)
    #expect(usual.output.contains(" failures=\"0\" skipped=\"1\">"), "\(usual.output)")
    let strict = try await Self.lint(arguments + ["--fail-on", "warning"], in: folder)
    #expect(strict.status == 1)
    #expect(strict.output.contains(" failures=\"1\" skipped=\"0\">"), "\(strict.output)")
  }

  /// The project file has its say, and is no tree.
  @Test func theProjectFileIsNotCounted() async throws {
    let folder = try Self.folder([
      "x/a.dts": Self.base, "x/b.dts": Self.base,
      "ctboot.yaml": """
      board: cubietruck
      lint: { allow: [{ rules: [memory-node], reason: a test }] }

      """,
    ])
    let outcome = try await Self.lint(
      ["--select", "irq-spi-flag,memory-node,allowance-unused", "x"], in: folder)
    #expect(outcome.output.contains("ctboot.yaml:2:"), "\(outcome.output)")
    #expect(
      outcome.output.hasSuffix("\n2 files, 0 of them clean: 2 errors, 1 warning\n"),
      "\(outcome.output)")
  }
}

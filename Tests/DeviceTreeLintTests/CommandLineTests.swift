import BootImages
import DeviceTree
import Diagnostics
import Testing

@testable import DeviceTreeLint

/// Who gets which command line, row by row of Xen's documentation, and how each takes it apart.
@Suite struct CommandLineTests {
  /// Which of the four places a tree fills, and what Xen and dom0 get of them.
  struct Row: Sendable, CustomTestStringConvertible {
    /// Any of `x` (`xen,xen-bootargs`), `d` (`xen,dom0-bootargs`), `m` (the kernel module's
    /// `bootargs`) and `b` (`/chosen/bootargs`). The value is the letter.
    let places: String
    let version: String
    let xen: String?
    let dom0: String?

    var testDescription: String { "\(places) for Xen \(version)" }

    var tree: String {
      func property(_ letter: Character, _ name: String) -> String {
        places.contains(letter) ? "\(name) = \"\(letter)\";" : ""
      }
      return """
        / {
          chosen {
            \(property("x", "xen,xen-bootargs"))
            \(property("d", "xen,dom0-bootargs"))
            \(property("b", "bootargs"))
            module@44000000 {
              compatible = "multiboot,kernel", "multiboot,module",
                "xen,linux-zimage", "xen,multiboot-module";
              \(property("m", "bootargs"))
              reg = <0x44000000 0x500000>;
            };
          };
        };
        """
    }
  }

  static let rows = [
    Row(places: "xdb", version: "4.17", xen: "x", dom0: "d"),
    Row(places: "xd", version: "4.17", xen: "x", dom0: "d"),
    Row(places: "xb", version: "4.17", xen: "x", dom0: "b"),
    Row(places: "db", version: "4.17", xen: "b", dom0: "d"),
    Row(places: "mb", version: "4.17", xen: "b", dom0: "m"),
    Row(places: "b", version: "4.17", xen: nil, dom0: "b"),
    Row(places: "dmb", version: "4.17", xen: "b", dom0: "d"),
    Row(places: "xmb", version: "4.17", xen: "x", dom0: "m"),
    Row(places: "m", version: "4.17", xen: nil, dom0: "m"),
    Row(places: "", version: "4.17", xen: nil, dom0: nil),
    Row(places: "db", version: "4.4", xen: "b", dom0: "d"),
    Row(places: "dmb", version: "4.4", xen: "b", dom0: "d"),
    Row(places: "b", version: "4.3", xen: "b", dom0: nil),
    Row(places: "xb", version: "4.3", xen: "b", dom0: nil),
    Row(places: "db", version: "4.3", xen: "b", dom0: "d"),
    Row(places: "dmb", version: "4.3", xen: "b", dom0: "m"),
    Row(places: "mb", version: "4.3", xen: "b", dom0: "m"),
  ]

  @Test(arguments: rows) func eachGetsItsLine(_ row: Row) throws {
    let lines = try context(row.tree, row.version).commandLines
    #expect(lines.xen?.text == row.xen)
    #expect(lines.dom0?.text == row.dom0)
  }

  private func context(_ source: String, _ version: String) throws -> LintContext {
    let bytes = try ExampleTree(RuleExample(source)).bytes
    let tree = try #require(FlatTree.scanning(bytes).tree)
    return LintContext(tree, for: LintTarget(xen: XenVersion(version)))
  }

  /// The text as both take it apart.
  private func words(_ text: String, _ reader: CommandLine.Reader) -> [String] {
    line(text, reader).words.map(String.init)
  }

  private func line(_ text: String, _ reader: CommandLine.Reader) -> CommandLine {
    CommandLine(text: text, node: .root, property: PropertyID(0), reader: reader)
  }

  private let xen = CommandLine.Reader.xen(longestWord: 127)

  @Test func anEmptyLineOfTheModuleCountsAsNone() throws {
    let tree = Row(places: "mb", version: "", xen: nil, dom0: nil).tree
      .replacing("bootargs = \"m\"", with: "bootargs = \"\"")
    let lines = try context(tree, "4.17").commandLines
    #expect(lines.xen == nil)
    #expect(lines.dom0?.text == "b")
  }

  @Test func anEmptyLineForDom0StillGivesBootargsToXen() throws {
    let tree = Row(places: "db", version: "", xen: nil, dom0: nil).tree
      .replacing("\"d\"", with: "\"\"")
    let lines = try context(tree, "4.17").commandLines
    #expect(lines.xen?.text == "b")
    #expect(lines.dom0?.text == "")
  }

  @Test func theFirstKernelWithALineWins() throws {
    let second = """
      module@46000000 {
        compatible = "multiboot,kernel", "multiboot,module",
          "xen,linux-zimage", "xen,multiboot-module";
        bootargs = "second";
        reg = <0x46000000 0x500000>;
      };
      """
    let tree = Row(places: "b", version: "", xen: nil, dom0: nil).tree
      .replacing("  };\n};", with: second + "  };\n};")
    #expect(try context(tree, "4.17").commandLines.dom0?.text == "second")
    #expect(try context(tree, "4.11").commandLines.dom0?.text == "b")
    #expect(try context(tree, "4.4").commandLines.dom0?.text == "second")
  }

  @Test func quotesKeepLinuxWordsTogetherAndNotXens() {
    let text = #"a="b c" "d e"  f"#
    #expect(words(text, .linux) == [#"a="b c""#, "d e", "f"])
    #expect(words(text, xen) == [#"a="b"#, #"c""#, #""d"#, #"e""#, "f"])
  }

  @Test func onlyBlanksEndXensWords() {
    #expect(words("a\tb\nc d", xen) == ["a\tb\nc", "d"])
    #expect(words("a\tb\r\nc d", .linux) == ["a", "b", "c", "d"])
  }

  @Test func xenCutsLongWords() {
    #expect(words(String(repeating: "é", count: 100), xen).first?.utf8.count ?? 0 <= 129)
    #expect(
      words(String(repeating: "a", count: 200) + " b", xen) == [
        String(repeating: "a", count: 127), "b",
      ])
    #expect(CommandLine.longestWord(XenVersion(major: 4, minor: 9)) == 99)
  }

  @Test func wordsBehindTwoDashesAreNotTheKernels() {
    #expect(words("a -- console=hvc0", .linux) == ["a"])
    #expect(words("a -- b", xen) == ["a", "--", "b"])
  }

  @Test func theLastWordOfANameCounts() {
    let line = line(#"dom0_mem=1G dom0_mem=512M xdom0_mem=2G"#, xen)
    #expect(line.value("dom0_mem") == "512M")
    #expect(line.values("dom0_mem") == ["1G", "512M"])
    #expect(self.line(#"console="hvc0""#, .linux).value("console") == "hvc0")
  }

  @Test(
    arguments: [
      ("512M", 512 << 20, ""), ("1g", 1 << 30, ""), ("524288", 512 << 20, ""),
      ("0x80000k", 512 << 20, ""), ("010k", 8 << 10, ""), ("max:512M", 0, "ax:512M"),
      ("512M,max:512M", 512 << 20, ",max:512M"), ("0xM", 0, "xM"), ("", 0, ""),
      ("\"512M\"", 0, "\"512M\""),
      ("9", 9 << 10, ""), ("09", 0, "9"),
    ] as [(String, UInt64, String)])
  func sizesAreReadAsXenReadsThem(_ text: String, _ bytes: UInt64, _ rest: String) {
    let size = XenSize(text[...])
    #expect(size.bytes == bytes)
    #expect(size.rest == rest)
  }
}

import Boards
import Diagnostics
import Testing

/// One mistake in a board's file, and what is said about it.
@Suite struct BrokenBoardTests {
  static let text = """
    board: demo
    soc: a20
    status: untested
    identity:
      model: Example Demo
      compatible: ["example,demo", "allwinner,sun7i-a20"]
      source: a schematic
    memory: { variants: [1GiB, 2GiB], source: a schematic }
    console: { bootloader: "ttyS0,115200", linux: "ttyS0,115200", xen-uart: serial0, source: x }
    tree: { file: demo.dtb, source: x }
    bootloader: { package: u-boot-demo, member: usr/lib/demo.bin, source: x }
    dom0: { memory: 512MiB, source: x }
    emulation: { sister: orangepi-pc, source: x }

    """

  /// What is said when `old` is replaced by `new` in the text above: `line:column message (help)`.
  private func complaint(_ old: String, _ new: String, file: String = "Boards/demo.yaml") throws
    -> String
  {
    let parts = Self.text.split(separator: old, maxSplits: 1, omittingEmptySubsequences: false)
    #expect(parts.count == 2, "the text has no `\(old)`")
    do {
      _ = try Board(text: parts.joined(separator: new), file: file)
      return "accepted"
    } catch {
      return words(error)
    }
  }

  @Test func theTextItselfIsFine() throws {
    #expect(try complaint("board: demo", "board: demo") == "accepted")
  }

  @Test func unknownKeyAtTheTop() throws {
    #expect(
      try complaint("dom0:", "domO:") == "12:1 `domO` is not a key here (did you mean `dom0`?)")
    #expect(
      try complaint("emulation:", "emulaton:")
        == "13:1 `emulaton` is not a key here (did you mean `emulation`?)")
  }

  @Test func unknownKeyInASection() throws {
    #expect(
      try complaint("variants:", "variant:")
        == "8:11 `variant` is not a key here (did you mean `variants`?)")
    #expect(
      try complaint("sister: orangepi-pc", "sister: orangepi-pc, memory: 1GiB")
        == "13:35 `memory` is not a key here (remove it)")
  }

  @Test func duplicateKey() throws {
    #expect(
      try complaint("status: untested", "soc: h3")
        == "3:1 `soc` is given twice (remove one of them)"
    )
  }

  @Test func nameIsNotTheFiles() throws {
    #expect(
      try complaint("board: demo", "board: domo")
        == "1:8 wanted the file's own name, `demo`, found `domo` "
        + "(write the file's own name, `demo`)")
    #expect(
      try complaint("board: demo", "board: Demo").hasPrefix("1:8 wanted a name of lower case"))
  }

  @Test func sourceIsMissing() throws {
    #expect(
      try complaint("  source: a schematic\n", "")
        == "5:3 `source` is missing (add a line `source: …` to this mapping)")
    #expect(
      try complaint("source: x", "source: \" \"")
        == "9:90 wanted a text that names where these values come from, found the text ` ` "
        + "(write a text that names where these values come from)")
  }

  @Test func status() throws {
    #expect(
      try complaint("untested", "untestet")
        == "3:9 `untestet` is none of `untested`, `emulated`, `boots` "
        + "(did you mean `untested`?)")
  }

  @Test func compatibleWithoutQuotes() throws {
    let said = try complaint(
      #"["example,demo", "allwinner,sun7i-a20"]"#, "[example,demo, allwinner,sun7i-a20]")
    #expect(
      said
        == "6:16 wanted a compatible string such as \"allwinner,sun7i-a20\", in quotes, found "
        + "`example` (write a compatible string such as \"allwinner,sun7i-a20\", in quotes)")
    #expect(
      try complaint(#"["example,demo", "allwinner,sun7i-a20"]"#, "[]")
        .hasPrefix("6:15 wanted a list with at least one entry, found a list"))
  }

  @Test func memoryThatDoesNotAscend() throws {
    #expect(
      try complaint("[1GiB, 2GiB]", "[2GiB, 1GiB]")
        .hasPrefix("8:28 wanted a size above 2GiB, since they ascend, found `1GiB`"))
    #expect(
      try complaint("[1GiB, 2GiB]", "[1GB]")
        .hasPrefix("8:22 wanted a size such as 64MiB or 0x1000, found `1GB`"))
  }

  @Test func console() throws {
    #expect(
      try complaint("linux: \"ttyS0,115200\"", "linux: \"ttyS0\"")
        .hasPrefix("9:47 wanted a serial line such as \"ttyS0,115200\", found the text `ttyS0`"))
  }

  @Test func tree() throws {
    #expect(
      try complaint("file: demo.dtb", "file: demo.dts")
        .hasPrefix("10:15 wanted the name of a compiled tree, `….dtb`, found `demo.dts`"))
    #expect(
      try complaint("file: demo.dtb", "from: machin")
        == "10:15 `machin` is none of `machine` (did you mean `machine`?)")
    #expect(
      try complaint("file: demo.dtb", "from: machine, file: demo.dtb")
        == "10:24 `file` is not a key here (remove it)")
  }

  @Test func memberOutsideThePackage() throws {
    #expect(
      try complaint("usr/lib/demo.bin", "../demo.bin")
        .hasPrefix("11:45 wanted a relative path without `..`, found `../demo.bin`"))
    #expect(try complaint("usr/lib/demo.bin", "/usr/demo.bin").hasPrefix("11:45 wanted a relative"))
  }

  @Test func emulation() throws {
    #expect(
      try complaint("sister: orangepi-pc", "machine: virt, memory: 1GiB, disk: usb")
        == "13:49 `usb` is none of `sd`, `virtio` (write one of these)")
    #expect(
      try complaint("sister: orangepi-pc", "machine: virt, disk: sd")
        == "13:12 `memory` is missing (add a line `memory: …` to this mapping)")
    #expect(
      try complaint(
        "sister: orangepi-pc", "machine: virt, memory: 1GiB, disk: sd, firmware: yes"
      ).hasPrefix("13:63 wanted `true` or `false`, found `yes`"))
  }
}

/// `line:column message (help)`.
func words(_ error: BoardError) -> String {
  let diagnostic = error.diagnostic
  let place = diagnostic.span.map { "\($0.line):\($0.column) " } ?? ""
  return place + diagnostic.message + (diagnostic.help.map { " (\($0))" } ?? "")
}

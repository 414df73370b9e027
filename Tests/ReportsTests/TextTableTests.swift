import Reports
import Testing

@Suite struct TextTableTests {
  @Test func columnsLineUp() {
    var table = TextTable([.left, .right])
    table.add("xen", "1139344", "loaded")
    table.add("initrd", "7")
    table.add("", "64 MiB", "")
    table.add("größe", "1", "by character", "and a further column")
    #expect(
      table.lines() == [
        "  xen     1139344  loaded",
        "  initrd        7",
        "           64 MiB",
        "  größe         1  by character  and a further column",
      ])
  }

  /// As a terminal shows it, these two letters take four columns.
  @Test func wideLettersTakeTwoColumns() {
    var table = TextTable()
    table.add("\u{6E29}\u{5EA6}.dtb", "1")
    table.add("abcd.dtb", "2")
    #expect(table.lines(indent: 0) == ["\u{6E29}\u{5EA6}.dtb  1", "abcd.dtb  2"])
  }

  @Test func theIndentCanBeChosen() {
    var table = TextTable()
    table.add("a", "b")
    #expect(table.lines(indent: 0) == ["a  b"])
    #expect(table.lines(indent: 4) == ["    a  b"])
  }

  @Test func nothingGivesNothing() {
    #expect(TextTable().lines() == [])
    var table = TextTable()
    table.add()
    table.add("")
    #expect(table.lines() == ["", ""])
  }
}

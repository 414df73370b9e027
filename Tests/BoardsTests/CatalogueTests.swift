import Boards
import Testing

/// Mistakes that show only when files are laid side by side.
@Suite struct CatalogueTests {
  private func board(_ old: String = "", _ new: String = "") throws -> Board {
    var text = BrokenBoardTests.text
    if !old.isEmpty {
      let parts = text.split(separator: old, maxSplits: 1, omittingEmptySubsequences: false)
      #expect(parts.count == 2, "the text has no `\(old)`")
      text = parts.joined(separator: new)
    }
    return try Board(text: text, file: "demo.yaml")
  }

  private func complaint(_ boards: Board...) throws -> String {
    let shipped = try ShippedFiles.catalogue()
    do {
      _ = try BoardCatalogue(socs: shipped.socs, boards: shipped.boards + boards)
      return "accepted"
    } catch {
      return words(error)
    }
  }

  @Test func aFurtherBoardOfOnesOwn() throws {
    #expect(try complaint(board()) == "accepted")
  }

  @Test func unknownName() throws {
    let catalogue = try ShippedFiles.catalogue()
    do {
      _ = try catalogue.board(named: "cubietrukc")
      Issue.record("found")
    } catch {
      #expect(words(error) == "there is no board `cubietrukc` (did you mean `cubietruck`?)")
    }
  }

  @Test func unknownSoC() throws {
    #expect(
      try complaint(board("soc: a20", "soc: a2o"))
        == "2:6 there is no SoC `a2o` (did you mean `a20`?)")
  }

  @Test func sisters() throws {
    #expect(
      try complaint(board("orangepi-pc", "orangepi-pcs"))
        == "13:22 there is no board `orangepi-pcs` to stand in for this one "
        + "(did you mean `orangepi-pc`?)")
    #expect(
      try complaint(board("orangepi-pc", "cubietruck"))
        == "13:22 `cubietruck` cannot stand in for this board: it has no machine of its own "
        + "(name a board whose `emulation` has a `machine`)")
    #expect(
      try complaint(board("emulation: { sister: orangepi-pc, source: x }\n", "")) == "accepted")
  }

  @Test func compatibleOfAnotherSoC() throws {
    #expect(
      try complaint(board("sun7i-a20\"", "sun8i-h3\""))
        == "6:15 `compatible` of demo lacks \"allwinner,sun7i-a20\", which makes it a board of a20 "
        + "(add \"allwinner,sun7i-a20\", or correct `soc`)")
  }

  @Test func memory() throws {
    #expect(
      try complaint(board("2GiB", "3GiB"))
        == "8:21 3 GiB of memory do not fit a20's DRAM window 0x40000000..0xbfffffff "
        + "(correct `variants`)")
    #expect(
      try complaint(board("1GiB", "64MiB"))
        == "8:21 a20 loads `kernel` to 0x44000000, beyond this memory 0x40000000..0x43ffffff "
        + "(correct `variants`, or `load` in the SoC's file)")
  }

  @Test func theSameNameTwice() throws {
    #expect(
      try complaint(board(), board())
        == "demo.yaml and demo.yaml both describe `demo` (rename or remove one of them)")
  }

  @Test(
    arguments: [
      (["cubietech,cubietruck", "allwinner,sun7i-a20"], "cubietruck", "a20"),
      (["allwinner,sun7i-a20"], nil, "a20"),
      (["cubietech,cubietruck"], "cubietruck", "a20"),
      (["someone,board", "allwinner,sun8i-h3"], nil, "h3"),
      (["linux,dummy-virt"], "qemu-virt", "qemu-virt"),
      (["brcm,bcm2837"], nil, nil),
      ([], nil, nil),
    ] as [([String], String?, String?)])
  func whatATreeIsFor(compatible: [String], board: String?, soc: String?) throws {
    let hardware = try ShippedFiles.catalogue().hardware(compatible: compatible)
    #expect(hardware.board?.name == board && hardware.soc?.name == soc)
  }
}

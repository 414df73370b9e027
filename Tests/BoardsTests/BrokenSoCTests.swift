import Boards
import Testing

/// One mistake in a SoC's file, and what is said about it.
@Suite struct BrokenSoCTests {
  private func complaint(_ old: String, _ new: String) throws -> String {
    let text = try ShippedFiles.text("soc/a20.yaml")
    let parts = text.split(separator: old, maxSplits: 1, omittingEmptySubsequences: false)
    #expect(parts.count == 2, "the text has no `\(old)`")
    do {
      _ = try SoC(text: parts.joined(separator: new), file: "Boards/soc/a20.yaml")
      return "accepted"
    } catch {
      return words(error)
    }
  }

  @Test func loadOutsideDRAM() throws {
    #expect(
      try complaint("initrd: 0x4600_0000", "initrd: 0xc000_0000")
        .contains("wanted an address within DRAM, 0x40000000..0xbfffffff, found `0xc000_0000`"))
  }

  @Test func rangeBeyondTheLastAddress() throws {
    #expect(
      try complaint("base: 0x1c8_1000", "base: 0xffff_ffff_ffff_f800")
        .contains("wanted a size above zero that ends within 64 bits of address, found `0x1000`"))
    #expect(
      try complaint("size: 16KiB", "size: 0").contains("wanted a size above zero"))
  }

  @Test func interruptThatIsNoPPI() throws {
    #expect(
      try complaint("maintenance: 9", "maintenance: 25")
        .contains("wanted a number from 0 to 15, found `25`"))
  }

  @Test func architecture() throws {
    #expect(
      try complaint("architecture: arm32", "architecture: amr32")
        .hasSuffix("`amr32` is none of `arm32`, `arm64` (did you mean `arm32`?)"))
  }

  @Test func drivers() throws {
    #expect(
      try complaint("disk: [sunxi-mmc, mmc_block]", "disk: [sunxi/mmc]")
        .contains("wanted a module's name, such as sunxi-mmc, found `sunxi/mmc`"))
    #expect(
      try complaint("disk: [sunxi-mmc, mmc_block]", "disk: []")
        .contains("wanted a list with at least one entry"))
    #expect(
      try complaint("disk: [sunxi-mmc, mmc_block]", "disks: [sunxi-mmc]")
        .contains("`disks` is not a key here"))
  }

  @Test func listItemWithoutSource() throws {
    #expect(
      try complaint("    source: linux-sunxi's page on SRAM; sun7i-a20.dtsi, sram@0\n", "")
        .hasSuffix("`source` is missing (add a line `source: …` to this mapping)"))
  }

  @Test func twoBlocksOfOneNameOrPlace() throws {
    #expect(
      try complaint("name: mmc1,", "name: mmc0,")
        .contains("wanted a name that no other block has, found `mmc0`"))
    #expect(
      try complaint("base: 0x1c1_0000", "base: 0x1c0_f000")
        .contains("wanted an address at which no other block begins; `mmc0` does"))
  }

  @Test func blocks() throws {
    #expect(
      try complaint("spis: [33]", "spis: [1033]")
        .contains("wanted a number from 0 to 987, found `1033`"))
    #expect(try complaint("spis: [33]", "spi: [33]").contains("`spi`"))
    #expect(
      try complaint("trigger: level", "trigger: high").contains("`high` is none of `level`, `edge`")
    )
    #expect(
      try complaint("  - source: sun7i-a20.dtsi\n    trigger", "  - trigger")
        .hasSuffix("`source` is missing (add a line `source: …` to this mapping)"))
  }

  @Test func frequency() throws {
    #expect(
      try complaint("frequency: 24000000", "frequency: 24")
        .contains("wanted a number from 1000 to 1000000000, found `24`"))
  }

  @Test func versionOfXen() throws {
    #expect(try complaint("xen: \"4.4\"", "xen: 4.4.1").contains("wanted a version of Xen"))
  }
}

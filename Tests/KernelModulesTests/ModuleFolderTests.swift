import KernelModules
import Testing

@Suite struct ModuleFolderTests {
  @Test func ofAPackage() throws {
    let folder = try ModuleFolder(listing: [
      "./boot/vmlinuz-6.1.0", "./lib/modules/6.1.0/modules.builtin",
      "./lib/modules/6.1.0/kernel/fs/ext4/ext4.ko", "./lib/modules/6.1.0/kernel/sunxi-mmc.ko.xz",
    ])
    #expect(folder.release == "6.1.0")
    #expect(folder.path == "./lib/modules/6.1.0/")
    #expect(
      Dictionary(uniqueKeysWithValues: folder.files.map { ($0.key.text, $0.value) }) == [
        "ext4": "./lib/modules/6.1.0/kernel/fs/ext4/ext4.ko",
        "sunxi_mmc": "./lib/modules/6.1.0/kernel/sunxi-mmc.ko.xz",
      ])
  }

  @Test func whatIsPartOfTheKernel() throws {
    var folder = try ModuleFolder(listing: ["usr/lib/modules/6.1.0/a.ko"])
    folder.add("kernel/drivers/mmc/core/mmc_block.ko\nkernel/a-b.ko\n", named: "modules.builtin")
    #expect(folder.builtin.sorted().map(\.text) == ["a_b", "mmc_block"])
  }

  @Test func severalKernels() throws {
    let listing = ["lib/modules/6.1.0/a.ko", "lib/modules/5.10.0/b.ko"]
    #expect(throws: ModuleFolderError.severalReleases(["5.10.0", "6.1.0"])) {
      try ModuleFolder(listing: listing)
    }
    let one = try ModuleFolder(listing: listing, release: "5.10.0")
    #expect(one.files.keys.map(\.text) == ["b"])
    #expect(throws: ModuleFolderError.noRelease("6.2.0", known: ["5.10.0", "6.1.0"])) {
      try ModuleFolder(listing: listing, release: "6.2.0")
    }
  }

  @Test(arguments: [[], ["lib/modules/6.1.0/modules.dep"], ["ext4.ko"], ["lib/modules/ext4.ko"]])
  func noModules(listing: [String]) {
    #expect(throws: ModuleFolderError.empty) { try ModuleFolder(listing: listing) }
  }
}

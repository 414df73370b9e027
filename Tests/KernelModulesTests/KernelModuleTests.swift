import KernelModules
import Testing

@Suite struct KernelModuleTests {
  @Test(arguments: [false, true]) func whatItSaysOfItself(wide: Bool) throws {
    let bytes = ModuleFile.bytes(
      "softdep=pre: crypto-crc32c lib post: later", "license=GPL", "alias=fs-ext4", "alias=ext3",
      "depends=jbd2,mbcache,crc16", "name=ext4", "vermagic=6.1.0-50-armmp SMP mod_unload ",
      wide: wide, machine: wide ? 183 : 40)
    let module = try KernelModule(parsing: bytes.span.bytes)
    #expect(module.machine == (wide ? 183 : 40))
    #expect(module.name?.text == "ext4")
    #expect(module.depends.map(\.text) == ["jbd2", "mbcache", "crc16"])
    #expect(module.wishes == ["crypto-crc32c", "lib"])
    #expect(module.aliases == ["fs-ext4", "ext3"])
    #expect(module.release == "6.1.0-50-armmp")
    #expect(module.license == "GPL")
  }

  @Test func dashesAreUnderscores() throws {
    let bytes = ModuleFile.bytes("depends=stmmac-platform,stmmac", "name=dwmac-sunxi")
    let module = try KernelModule(parsing: bytes.span.bytes)
    #expect(module.depends.map(\.text) == ["stmmac_platform", "stmmac"])
    #expect(module.name?.text == "dwmac_sunxi")
  }

  @Test func nothingNeeded() throws {
    let bytes = ModuleFile.bytes("depends=", "no mark here", "")
    let module = try KernelModule(parsing: bytes.span.bytes)
    #expect(module.depends == [] && module.name == nil && module.release == nil)
  }

  static let broken: [(fault: KernelModuleFault, bytes: [UInt8])] = [
    (.notELF, []),
    (.notELF, Array("#!/bin/sh\n".utf8)),
    // Packed ones must be unpacked before.
    (.notELF, [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0]),
    (.damaged, Array(ModuleFile.bytes("name=x").dropLast())),
    // Big endian.
    (.damaged, ModuleFile.bytes("name=x").enumerated().map { $0.offset == 5 ? 2 : $0.element }),
    (.noInformation, renamed(ModuleFile.bytes("name=x"))),
    (.badName("../../etc/passwd"), ModuleFile.bytes("depends=../../etc/passwd")),
    (.badName("a b"), ModuleFile.bytes("depends=a b")),
  ]

  @Test(arguments: broken.indices) func whatIsNone(index: Int) {
    let (fault, bytes) = Self.broken[index]
    #expect(throws: fault) { try KernelModule(parsing: bytes.span.bytes) }
  }

  /// With its section under another name: `.modinfx`.
  private static func renamed(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    let name = Array(".modinfo".utf8)
    for start in bytes.indices where bytes[start...].starts(with: name) {
      bytes[start + name.count - 1] = UInt8(ascii: "x")
    }
    return bytes
  }

  @Test(
    arguments: [
      ("kernel/drivers/mmc/host/sunxi-mmc.ko", "sunxi_mmc"), ("a/ext4.ko.xz", "ext4"),
      ("ext4.ko.zst", "ext4"), ("ext4.ko.gz", "ext4"), ("kernel/net/802/mrp.ko", "mrp"),
    ]) func theModuleOfAFile(path: String, name: String)
  {
    #expect(ModuleName(ofFile: path)?.text == name)
  }

  @Test(arguments: ["modules.dep", "ext4.o", "a.ko/b", ".ko", "ext4.ko.bz2", "a b.ko", "ä.ko"])
  func filesThatAreNone(path: String) {
    #expect(ModuleName(ofFile: path) == nil)
  }

  @Test func howAFileIsPacked() {
    let packings = ["a.ko", "a.ko.gz", "a.ko.xz", "a.ko.zst"].map { ModulePacking(ofFile: $0) }
    #expect(packings == [.none, .gzip, .xz, .zstd])
  }
}

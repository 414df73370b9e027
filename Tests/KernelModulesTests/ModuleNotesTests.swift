import KernelModules
import Testing

/// The notes that depmod would make, for modules that were never installed.
@Suite struct ModuleNotesTests {
  @Test func whatIsNoted() throws {
    let modules: [(path: String, info: [String])] = [
      ("lib/modules/6/kernel/ext4.ko", ["depends=jbd2", "softdep=pre: crypto-crc32c post: x"]),
      ("lib/modules/6/kernel/jbd2.ko", ["depends="]),
      (
        "lib/modules/6/kernel/sunxi-mmc.ko",
        ["depends=", "alias=of:N*T*Callwinner,sun7i-a20-mmc", "alias=crypto-crc32c", "alias=a b"]
      ),
    ]
    let folder = try ModuleFolder(listing: modules.map(\.path) + ["lib/modules/6/broken.ko"])
    var notes = ModuleNotes(of: folder)
    for (path, info) in modules {
      let bytes = ModuleFile.bytes(lines: info)
      notes.add(bytes.span.bytes, from: path)
    }
    let broken: [UInt8] = [1, 2, 3]
    notes.add(broken.span.bytes, from: "lib/modules/6/broken.ko")
    let other = ModuleFile.bytes("name=other")
    notes.add(other.span.bytes, from: "lib/modules/5/other.ko")
    #expect(
      notes.texts == [
        "modules.dep": "ext4.ko: jbd2.ko\njbd2.ko:\nsunxi_mmc.ko:\n",
        "modules.softdep": "softdep ext4 pre: crypto-crc32c\n",
        "modules.alias": "alias crypto-crc32c sunxi_mmc\n",
      ])
    // With them one round is enough.
    var noted = folder
    for (name, text) in notes.texts { noted.add(text, named: name) }
    let search = ModuleSearch(for: ["ext4"], in: noted)
    #expect(search.unread == modules.map(\.path).sorted())
    #expect(
      try search.loadOrder().map { $0.name.text + ($0.isNeeded ? "" : "?") } == [
        "sunxi_mmc?", "jbd2", "ext4",
      ])
  }
}

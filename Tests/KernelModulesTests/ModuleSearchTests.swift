import Diagnostics
import KernelModules
import Testing

@Suite struct ModuleSearchTests {
  /// A folder of modules by what they say of themselves, searched as a reader of archives would.
  struct Shelf {
    var modules: [String: [String]]
    var texts: [String: String] = [:]

    func search(
      _ drivers: String..., helpers: [String] = [], rounds: Int = 100
    ) throws -> (order: [String], rounds: Int) {
      var folder = try ModuleFolder(listing: modules.keys.map(path))
      for (name, text) in texts { folder.add(text, named: name) }
      var search = ModuleSearch(for: drivers, helpedBy: helpers, in: folder, machine: 40)
      var count = 0
      while !search.unread.isEmpty, count < rounds {
        for path in search.unread {
          let name = String(path.split(separator: "/").last?.dropLast(3) ?? "")
          let bytes = ModuleFile.bytes(lines: modules[name] ?? [])
          try search.add(bytes.span.bytes, from: path)
        }
        count += 1
      }
      let order = try search.loadOrder()
      return (order.map { $0.name.text + ($0.isNeeded ? "" : "?") }, count)
    }

    private func path(_ name: String) -> String { "lib/modules/6.1.0/kernel/\(name).ko" }
  }

  static let ext4 = Shelf(modules: [
    "ext4": ["depends=jbd2,mbcache,crc16", "softdep=pre: crypto-crc32c"],
    "jbd2": ["depends=", "softdep=pre: crypto-crc32c"], "mbcache": ["depends="],
    "crc16": ["depends="], "crc32c_generic": ["depends=", "alias=crypto-crc32c"],
    "sunxi-mmc": ["depends="], "unused": ["depends=gone"],
  ])

  @Test func whatIsNeededComesFirst() throws {
    let found = try Self.ext4.search("sunxi_mmc", "ext4", helpers: ["crc32c_generic", "other"])
    #expect(found.order == ["crc32c_generic?", "sunxi_mmc", "jbd2", "mbcache", "crc16", "ext4"])
    #expect(found.rounds == 2)
  }

  @Test func theSameByAnyName() throws {
    #expect(try Self.ext4.search("sunxi-mmc").order == ["sunxi_mmc"])
    #expect(try Self.ext4.search("sunxi-mmc", "sunxi_mmc").order == ["sunxi_mmc"])
  }

  @Test func whatIsBuiltInIsNotLoaded() throws {
    var shelf = Self.ext4
    shelf.texts["modules.builtin"] = "kernel/fs/mmc_block.ko\nkernel/fs/jbd2/jbd2.ko\n"
    shelf.modules["jbd2"] = nil
    #expect(try shelf.search("mmc_block", "ext4").order == ["mbcache", "crc16", "ext4"])
  }

  @Test func depmodsNotesNameAllInOneRound() throws {
    var shelf = Self.ext4
    shelf.texts["modules.dep"] = """
      kernel/ext4.ko: kernel/jbd2.ko kernel/mbcache.ko kernel/crc16.ko
      kernel/jbd2.ko:
      """
    let found = try shelf.search("ext4")
    #expect(found.rounds == 1)
    #expect(found.order == ["jbd2", "mbcache", "crc16", "ext4"])
  }

  /// `crypto-crc32c` is no module but what several can do.
  @Test func wishesAreKnownByTheirAliases() throws {
    var shelf = Self.ext4
    shelf.modules["crc32-arm-ce"] = ["depends="]
    shelf.texts["modules.alias"] = """
      # Aliases extracted from modules themselves.
      alias crypto-crc32c crc32c_generic
      alias crypto-crc32c crc32_arm_ce
      """
    #expect(
      try shelf.search("ext4").order == [
        "crc32c_generic?", "crc32_arm_ce?", "jbd2", "mbcache", "crc16", "ext4",
      ])
  }

  @Test func wishesOfWishesComeBeforeThem() throws {
    let shelf = Shelf(modules: [
      "a": ["depends=b", "softdep=pre: c"], "b": ["depends="],
      "c": ["depends=d", "softdep=pre: e gone"], "d": ["depends="], "e": ["depends="],
    ])
    #expect(try shelf.search("a").order == ["e?", "d?", "c?", "b", "a"])
  }

  @Test func aWishThatNeedsTheWisher() throws {
    let shelf = Shelf(modules: [
      "a": ["depends=", "softdep=pre: b"], "b": ["depends=a"],
    ])
    #expect(try shelf.search("a").order == ["a", "b?"])
  }

  @Test func aHelperThatLacksSomethingIsLeftOut() throws {
    let shelf = Shelf(modules: [
      "a": ["depends=", "softdep=pre: b"], "b": ["depends=gone"],
    ])
    #expect(try shelf.search("a").order == ["a"])
  }

  /// What was thrown, as a person reads it.
  private func complaint(_ shelf: Shelf, _ driver: String) -> String {
    do {
      return "\(try shelf.search(driver).order)"
    } catch {
      guard let diagnostic = (error as? ModuleSearchError)?.diagnostic else { return "\(error)" }
      return diagnostic.message + (diagnostic.help.map { "; \($0)" } ?? "")
    }
  }

  @Test func theDriverIsNotThere() {
    #expect(
      complaint(Self.ext4, "sunxi-mcm")
        == "the kernel 6.1.0 has no driver `sunxi-mcm`, neither built in nor as a module; "
        + "did you mean `sunxi_mmc`?")
  }

  @Test func whatADriverNeedsIsNotThere() {
    #expect(
      complaint(Self.ext4, "unused").hasPrefix(
        "the module gone, which unused needs, is not among those of the kernel 6.1.0"))
  }

  @Test func aCircle() {
    let shelf = Shelf(modules: [
      "a": ["depends=b"], "b": ["depends=c"], "c": ["depends=b"],
    ])
    #expect(complaint(shelf, "a").hasPrefix("the modules b, c need each other in a circle"))
    let own = Shelf(modules: ["a": ["depends=a"]])
    #expect(complaint(own, "a").hasPrefix("the modules a need each other in a circle"))
  }

  @Test func modulesOfAnotherKernel() {
    let shelf = Shelf(modules: ["a": ["vermagic=5.10.0 SMP"]])
    #expect(
      complaint(shelf, "a").hasPrefix(
        "lib/modules/6.1.0/kernel/a.ko was built for the kernel 5.10.0, not for 6.1.0"))
  }

  @Test func modulesOfAnotherProcessor() throws {
    var search = ModuleSearch(
      for: ["a"], in: try ModuleFolder(listing: ["lib/modules/6/a.ko"]), machine: 40)
    let bytes = ModuleFile.bytes("name=a", wide: true, machine: 183)
    let path = "lib/modules/6/a.ko"
    #expect(throws: ModuleSearchError.otherMachine(path: path, 183, wanted: 40)) {
      try search.add(bytes.span.bytes, from: path)
    }
  }

  /// A chain longer than the machine's stack is deep.
  @Test func aLongChain() throws {
    let count = 20_000
    var shelf = Shelf(modules: [:])
    var notes = ""
    for index in 0..<count {
      shelf.modules["m\(index)"] = index + 1 < count ? ["depends=m\(index + 1)"] : ["depends="]
      notes += "kernel/m\(index).ko: kernel/m\(index + 1).ko\n"
    }
    shelf.modules["m\(count)"] = ["depends="]
    shelf.texts["modules.dep"] = notes
    let found = try shelf.search("m0")
    #expect(found.order.count == count + 1 && found.order.first == "m\(count)")
    #expect(found.rounds == 1)
  }
}

import Diagnostics
import Testing

/// Layouts that were booted with Xen 4.17.5, and what the console said then.
@Suite struct LayoutBootTests {
  /// Xen at 0x49000000, its tree at 0x48200000, a kernel and a ramdisk, and so many MiB of RAM from
  /// 0x40000000.
  private func findings(_ mebibytes: Int, dom0: String) throws -> [String] {
    var tree = LayoutTree()
    tree.memory = """
      memory@40000000 {
        device_type = "memory"; reg = <0x40000000 0x\(String(mebibytes << 20, radix: 16))>;
      };
      """
    tree.arguments = "console=dtuart dom0_mem=\(dom0)"
    tree.chosen = LayoutTree.kernel(0x4A00_0000) + LayoutTree.module(0x4C00_0000, 0xD_7F2C)
    let target = RuleExample.Target(
      xen: "4.17", files: [RuleExample.File(address: 0x4900_0000, bytes: Self.xen)],
      treeAddress: 0x4820_0000)
    return try tree.findings(target)
  }

  private static let xen: [UInt8] = {
    var bytes = [UInt8](repeating: 0, count: 0x80)
    bytes.replaceSubrange(0x24..<0x28, with: [0x18, 0x28, 0x6F, 0x01])
    bytes.replaceSubrange(0x2C..<0x30, with: [0x90, 0x62, 0x11, 0x00])
    bytes.replaceSubrange(0x40..<0x55, with: "xen,xen-4.17\0xen,xen\0".utf8)
    return bytes
  }()

  @Test(arguments: [(512, "128M"), (1024, "128M"), (1024, "256M"), (1024, "512M"), (2048, "512M")])
  func theseBooted(_ mebibytes: Int, _ dom0: String) throws {
    #expect(try findings(mebibytes, dom0: dom0) == [])
  }

  /// "Failed to allocate requested dom0 memory."
  @Test(arguments: ["512M", "700M", "900M"])
  func moreThanThereIsDoesNotFit(_ dom0: String) throws {
    #expect(try findings(512, dom0: dom0) == ["error dom0-bank0-fits"])
  }

  /// Banks that differed from boot to boot, or might.
  @Test(arguments: [(1024, "700M"), (1024, "900M"), (2048, "900M"), (1536, "300M"), (512, "300M")])
  func theseAreNotDetermined(_ mebibytes: Int, _ dom0: String) throws {
    #expect(try findings(mebibytes, dom0: dom0) == ["warning dom0-mem-undetermined"])
  }

  /// Two banks, in the one boot that there was.
  @Test func aPowerOfTwoWithoutABlockIsNotDetermined() throws {
    #expect(try findings(512, dom0: "256M") == ["warning dom0-mem-undetermined"])
  }

  /// "Unable to allocate first memory bank".
  @Test func aPageInEachBlockSpoilsAll() throws {
    var tree = LayoutTree()
    tree.chosen =
      LayoutTree.kernel(0x4400_0000)
      + (1..<8).map { LayoutTree.module(0x4000_0000 + $0 * 0x800_0000, 0x1000) }.joined()
    for (dom0, expected) in [("64M", []), ("128M", ["error"]), ("256M", ["error"])] {
      tree.arguments = "console=dtuart dom0_mem=\(dom0)"
      let found = try tree.findings(.xen("4.17"), only: ["dom0-bank0-fits"])
      #expect(found == expected.map { "\($0) dom0-bank0-fits" })
    }
  }

  /// "Unable to allocate first memory bank": 64 MiB are too little, and 128 MiB are more than that.
  @Test func aSmallDom0IsAPowerOfTwo() throws {
    #expect(try findings(1024, dom0: "100M") == ["error dom0-bank0-fits"])
  }

  /// A byte is not what a number without a letter counts.
  @Test func aBareNumberCountsKibibytes() throws {
    #expect(try findings(1024, dom0: "524288") == [])
    #expect(try findings(1024, dom0: "0x80000k") == [])
    #expect(try findings(1024, dom0: "many") == [])
    #expect(try findings(1024, dom0: "99999999999999999999G") == [])
  }
}

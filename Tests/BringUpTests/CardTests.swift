import BuiltProgram
import Foundation
import OutsideTools
import Testing

/// The Cubietruck's card, judged by programs that we did not write.
@Suite struct CardTests {
  static let files = ["boot.cmd", "boot.scr", "initrd", "kernel", "xen", "xen.dtb"]

  let project: TestProject
  let manifest: ManifestFile

  init() async throws {
    project = try await GoodBuild.shared().project
    manifest = try ManifestFile(in: project)
  }

  /// Runs a program in the folder of the build; it has to succeed.
  private func tool(_ name: String, _ arguments: String...) throws -> String {
    let result = try OutsideTool.run(name, arguments, in: project["build"])
    try #require(result.status == 0, "\(name): \(result.output)")
    return result.output
  }

  @Test func partitionTable() throws {
    #expect(
      try tool("sfdisk", "-d", "cubietruck.img") == """
        label: dos
        label-id: \(manifest.image.disk)
        device: cubietruck.img
        unit: sectors
        sector-size: 512

        cubietruck.img1 : start=        2048, size=      131072, type=c, bootable

        """)
  }

  @Test func bootPartitionIsSound() throws {
    try OutsideTool.withTemporaryFolder { folder in
      let volume = folder.appending(path: "volume").path
      _ = try tool("dd", "if=cubietruck.img", "of=\(volume)", "bs=1M", "skip=1", "status=none")
      let said = try tool("fsck.fat", "-n", volume)
      #expect(!said.contains("Dirty bit") && !said.contains("differ"), "\(said)")
      // The volume's label counts as one.
      #expect(said.contains("\(volume): 7 files, "), "\(said)")
    }
  }

  @Test func bootPartitionHoldsTheFilesInBoot() throws {
    let listed = try tool("mdir", "-b", "-i", "cubietruck.img@@1M", "::")
    #expect(listed.split(separator: "\n").sorted() == Self.files.map { "::/\($0)" })
    try OutsideTool.withTemporaryFolder { folder in
      for name in Self.files {
        _ = try tool("mcopy", "-n", "-i", "cubietruck.img@@1M", "::\(name)", folder.path)
      }
      #expect(try tool("diff", "-r", "boot", folder.path) == "")
    }
  }

  @Test func bootloaderLiesWhereTheBootROMLooks() async throws {
    let file = try await DebianFile.cubietruck.url()
    let size = try await DebianFile.cubietruck.data().count
    _ = try tool("cmp", "-n", "\(size)", "-i", "8192:0", "cubietruck.img", file.path)
  }

  @Test func kernelAndXenAreThoseOfTheirPackages() async throws {
    _ = try tool("cmp", "boot/kernel", try await DebianFile.kernel.url().path)
    _ = try tool("cmp", "boot/xen", try await DebianFile.xen.url().path)
  }

  @Test func bootScriptIsOneForUBoot() throws {
    let size = try project.text(of: "build/boot/boot.cmd").utf8.count
    let listed = try tool("dumpimage", "-l", "boot/boot.scr").split(separator: "\n")
    for line in [
      "Image Name:   ctboot cubietruck",
      "Created:      Thu Jan  1 00:00:00 1970",
      "Image Type:   ARM Linux Script (uncompressed)",
    ] {
      #expect(listed.contains(Substring(line)), "\(listed)")
    }
    #expect(listed.last?.hasPrefix("   Image 0: \(size) Bytes = ") == true, "\(listed)")
    // The text stands behind the header of 64 bytes and a table of one length.
    _ = try tool("cmp", "-i", "72:0", "boot/boot.scr", "boot/boot.cmd")
  }

  /// The tree tells Xen where its modules lie: there where the script loads the files to, and as
  /// long as the files are.
  @Test(arguments: [("kernel", "kernel"), ("initrd", "ramdisk")])
  func treeNamesTheModules(file: String, kind: String) throws {
    let artefact = try #require(manifest.artefacts.first { $0.name == "boot/\(file)" })
    let address = try #require(artefact.address).dropFirst(2)
    let node = "/chosen/module@\(address)"
    let names = try tool("fdtget", "-t", "s", "boot/xen.dtb", node, "compatible")
    #expect(names == "multiboot,\(kind) multiboot,module\n")
    let reg = try tool("fdtget", "-t", "x", "boot/xen.dtb", node, "reg")
    #expect(reg == "\(address) \(String(artefact.size, radix: 16))\n")
    let script = try project.text(of: "build/boot/boot.cmd")
    #expect(script.contains("${devnum}:${distro_bootpart} 0x\(address) \(file); then"))
  }

  @Test func treeHoldsBothCommandLines() throws {
    for (property, line) in [
      ("xen,xen-bootargs", manifest.arguments.xen), ("xen,dom0-bootargs", manifest.arguments.dom0),
    ] {
      #expect(try tool("fdtget", "boot/xen.dtb", "/chosen", property) == line + "\n")
    }
    // dtc reads it as a whole too, and finds nothing that makes it no tree.
    #expect(try tool("dtc", "-q", "-I", "dtb", "-O", "dts", "boot/xen.dtb").contains("chosen {"))
  }
}

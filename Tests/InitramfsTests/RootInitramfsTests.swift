import Foundation
import Initramfs
import KernelModules
import OutsideTools
import Testing

/// What others' `cpio` says of the archive.
@Suite struct RootInitramfsTests {
  static let templates = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../Templates").standardized

  static func template(_ name: String) throws -> String {
    try String(contentsOf: templates.appending(path: name), encoding: .utf8)
  }

  private static func module(_ name: String, needed: Bool = true) throws -> RootInitramfs.Module {
    let name = try #require(ModuleName(name))
    let load = ModuleLoad(name: name, path: "kernel/\(name).ko", isNeeded: needed)
    return RootInitramfs.Module(load, bytes: Array("of \(name)".utf8))
  }

  private static func archive() throws -> [UInt8] {
    try RootInitramfs(
      busybox: Array("not really".utf8), initScript: template("root-init.sh"),
      dhcpScript: template("dhcp.sh"),
      modules: [module("crc32c_generic", needed: false), module("jbd2"), module("ext4")],
      fileSystems: [.ext4]
    ).archive(modified: 0)
  }

  @Test func theListing() throws {
    let archive = try Self.archive()
    try OutsideTool.withTemporaryFolder { (folder) throws in
      let names = try OutsideTool.cpio(["-itv", "--numeric-uid-gid"], archive, in: folder)
        .split(separator: "\n").map { line in
          line.prefix(10) + " " + (line.split(separator: " 1970 ").last ?? "")
        }
      #expect(
        names == [
          "drwxr-xr-x bin", "drwxr-xr-x dev", "drwxr-xr-x etc", "drwxr-xr-x etc/ctboot",
          "drwxr-xr-x lib", "drwxr-xr-x lib/modules", "drwxr-xr-x mnt", "drwxr-xr-x proc",
          "drwxr-xr-x root", "drwxr-xr-x run", "drwxr-xr-x sys", "drwxr-xr-x tmp",
          "crw------- dev/console", "crw-rw-rw- dev/null", "-rwxr-xr-x bin/busybox",
          "lrwxrwxrwx bin/sh -> busybox", "-rwxr-xr-x init", "-rw-r--r-- etc/ctboot/modules",
          "-rw-r--r-- etc/ctboot/filesystems", "-rwxr-xr-x etc/ctboot/dhcp.sh",
          "-rw-r--r-- lib/modules/crc32c_generic.ko", "-rw-r--r-- lib/modules/jbd2.ko",
          "-rw-r--r-- lib/modules/ext4.ko",
        ])
    }
  }

  @Test func theFiles() throws {
    let archive = try Self.archive()
    try OutsideTool.withTemporaryFolder { (folder) throws in
      for (path, text) in [
        ("etc/ctboot/modules", "try crc32c_generic\nneed jbd2\nneed ext4\n"),
        ("etc/ctboot/filesystems", "ext4\n"), ("lib/modules/ext4.ko", "of ext4"),
        ("init", try Self.template("root-init.sh")),
        ("etc/ctboot/dhcp.sh", try Self.template("dhcp.sh")),
      ] {
        #expect(try OutsideTool.cpio(["-i", "--to-stdout", path], archive, in: folder) == text)
      }
    }
  }

  @Test func theSameBytesTwice() throws {
    #expect(try Self.archive() == Self.archive())
  }

  @Test(arguments: ["root-init.sh", "dhcp.sh", "init.sh"])
  func theScriptsAreShell(name: String) throws {
    let checked = try OutsideTool.run("sh", ["-n", Self.templates.appending(path: name).path])
    #expect(checked.status == 0 && checked.output == "")
  }

  /// Who watches the serial line waits for what the script says.
  @Test func theScriptSaysEachStep() throws {
    let script = try Self.template("root-init.sh")
    #expect(script.contains("say() { echo \"ctboot-init: $*\"; }"))
    for line in RootMilestone.allCases.map(\.line) + [RootMilestone.stopped] {
      let words = try #require(line.split(separator: "ctboot-init: ").first)
      #expect(script.contains("say \"\(words)"), "\(line)")
    }
  }

  @Test func theKernelsCommandLine() {
    #expect(
      Root.partition(id: "12ab34cd-02", .ext4).arguments == [
        "root=PARTUUID=12ab34cd-02", "rootfstype=ext4", "rootwait",
      ])
    #expect(
      Root.nfs(server: "10.0.2.2", path: "/srv/root", options: ["vers=4.1"]).arguments == [
        "root=/dev/nfs", "nfsroot=10.0.2.2:/srv/root,vers=4.1", "ip=dhcp",
      ])
  }
}

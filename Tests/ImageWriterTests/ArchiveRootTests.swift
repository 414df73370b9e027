import Ext4
import Foundation
import ImageWriter
import Measures
import OutsideTools
import SystemPackage
import Testing

/// What an archive says is what the volume holds.
@Suite struct ArchiveRootTests {
  let bench: RootBench

  init() throws { bench = try RootBench() }

  @Test func everyKindOfMember() throws {
    let written = try bench.write([
      bench.tar {
        $0.add("./", .folder, mode: 0o750)
        $0.add("bin/", .folder, mode: 0o1777)
        $0.add("bin/su", .file, "program", mode: 0o4755)
        $0.add("bin/link", .hardLink, target: "bin/su")
        $0.add("sh", .symlink, mode: 0o777, target: "/bin/su")
        $0.add("out", .symlink, mode: 0o777, target: "../../../etc/passwd")
        $0.add("dev/console", .character, mode: 0o600, device: (5, 1))
        $0.add("dev/disk", .block, mode: 0o660, device: (259, 70_000))
        $0.add("run/pipe", .fifo)
        $0.add("empty/folder/", .folder, mode: 0o700)
      }
    ])
    #expect(
      try written.listing == [
        "d750 0:0 /",
        "d1777 0:0 bin",
        "-4755 0:0 7 bin/link",
        "-4755 0:0 7 bin/su",
        "d755 0:0 dev",
        "c600 0:0 5,1 dev/console",
        "b660 0:0 259,70000 dev/disk",
        "d755 0:0 empty",
        "d700 0:0 empty/folder",
        "l777 0:0 out -> ../../../etc/passwd",
        "d755 0:0 run",
        "p644 0:0 run/pipe",
        "l777 0:0 sh -> /bin/su",
      ])
    #expect(try written.entry("bin/su").number == written.entry("bin/link").number)
    #expect(try written.entry("bin/su").links == 2)
    #expect(try written.text("bin/link") == "program")
    #expect(written.notes == [])
    #expect(written.root.counts.files == 1)
    #expect(written.root.counts.members == 10)
    #expect(written.root.counts.bytes == 7)
  }

  /// Names that are no text, in plain headers, in pax records that call themselves UTF-8, and in links.
  @Test func namesAreBytes() throws {
    let written = try bench.write([
      bench.tar {
        $0.add(Array("caf".utf8) + [0xE9], .file, Array("1".utf8))
        $0.add([0x78], .file, Array("2".utf8), pax: [("path", [0x70, 0xFF, 0xE4])])
        $0.add([0x78], .file, Array("3".utf8), pax: [("path", Array("p-ä".utf8))])
        $0.add(
          [0x78], .symlink, target: [0x79], pax: [("path", [0x73, 0xFF]), ("linkpath", [0xC3])])
        $0.add(
          [0x78], .hardLink,
          pax: [("path", Array("ü".utf8)), ("linkpath", [0x70, 0xFF, 0xE4])])
        $0.add([0x6E, 0x0A, 0x1B], .file)
      }
    ])
    #expect(
      try written.listing == [
        "d755 0:0 /",
        "-644 0:0 1 caf\\351",
        "-644 0:0 0 n\\12\\33",
        "-644 0:0 1 p-\\303\\244",
        "-644 0:0 1 p\\377\\344",
        "l644 0:0 s\\377 -> \\303",
        "-644 0:0 1 \\303\\274",
      ])
  }

  @Test func timesOwnersAndAttributes() throws {
    let capability: [UInt8] = [1, 0, 0, 2, 0, 0x20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 10]
    let written = try bench.write([
      bench.tar {
        $0.add(
          "ping", .file, "x", mode: 0o755,
          pax: [
            ("mtime", Array("1234567890.123456789".utf8)), ("atime", Array("1.5".utf8)),
            ("ctime", Array("9999999999.000000001".utf8)), ("uid", Array("4294967294".utf8)),
            ("gid", Array("70000".utf8)), ("SCHILY.xattr.security.capability", capability),
            ("LIBARCHIVE.xattr.user.note", Array("AAEC/w".utf8)),
          ])
        $0.add(
          "list", .file, mode: 0o674,
          pax: [
            (
              "SCHILY.acl.access",
              Array("user::rw-,user:1001:r-x,group::r--,mask::rwx,other::r--".utf8)
            )
          ])
        $0.add(
          "inherit/", .folder, mode: 0o755,
          pax: [
            (
              "SCHILY.acl.default",
              Array("user::rwx,group::r-x,group:7:rwx,mask::rwx,other::---".utf8)
            )
          ])
      }
    ])
    let ping = try written.entry("ping")
    #expect(ping.times.modified == Ext4Time(seconds: 1_234_567_890, nanoseconds: 123_456_789))
    #expect(ping.times.accessed == Ext4Time(seconds: 1, nanoseconds: 500_000_000))
    #expect(ping.times.changed == Ext4Time(seconds: 9_999_999_999, nanoseconds: 1))
    #expect([ping.owner, ping.group] == [4_294_967_294, 70_000])
    let values = try written.reader.attributes(of: ping)
    #expect(
      Set(values) == [
        Ext4ExtendedAttribute("security.capability", capability),
        Ext4ExtendedAttribute("user.note", [0, 1, 2, 0xFF]),
      ])
    // The mode's middle is the mask.
    #expect(try written.entry("list").permissions == 0o674)
    let ask = try bench.ask("ea_get -x list system.posix_acl_access")
    // It shows the user of an entry that has none as 0.
    #expect(
      ask.contains(
        "(44) = 02 00 00 00 01 00 06 00 00 00 00 00 02 00 05 00 e9 03 00 00 04 00 04 00 00 00 00 00 "
          + "10 00 07 00 00 00 00 00 20 00 04 00"))
    let inherited = try written.reader.attributes(of: written.entry("inherit"))
    #expect(inherited.map(\.name) == [Array("system.posix_acl_default".utf8)])
    #expect(inherited.first?.value.count == 4 + 5 * 8)
  }

  /// The kernel, which is asked for it, says the same as what GNU tar packed.
  @Test func sparseFilesKeepTheirHoles() throws {
    try bench.shell(
      """
      mkdir r; truncate -s 5G r/big
      printf head | dd of=r/big conv=notrunc status=none
      printf tail | dd of=r/big bs=1 seek=5000000000 conv=notrunc status=none
      truncate -s 100000 r/hole
      tar --format=pax -S -C r -cf pax.tar .; tar --format=gnu -S -C r -cf gnu.tar .
      """)
    for name in ["pax.tar", "gnu.tar"] {
      let written = try bench.write([.archive(bench.path(name))])
      let big = try written.entry("big")
      #expect(big.size == 5 << 30)
      #expect(try written.reader.read(big, count: 4, at: 5_000_000_000) == Array("tail".utf8))
      #expect(try written.reader.read(big, count: 5, at: 0) == Array("head\u{0}".utf8))
      #expect(try written.entry("hole").size == 100_000)
      #expect(written.root.layout.size < .mebibytes(8))
    }
  }

  @Test(arguments: [("gzip", "gz"), ("bzip2", "bz2"), ("xz", "xz"), ("zstd -q", "zst")])
  func packedArchives(tool: String, ending: String) throws {
    try bench.shell(
      """
      mkdir r; seq 100000 > r/numbers; ln -s numbers r/link
      tar -C r -cf - . | \(tool) > root.tar.\(ending)
      """)
    let written = try bench.write([.archive(bench.path("root.tar.\(ending)"))])
    #expect(try written.text("numbers").hasSuffix("99999\n100000\n"))
    #expect(try written.entry("link").isSymbolicLink)
  }

  /// In newc archives the content of a file with several names comes with the last one.
  @Test(arguments: ["newc", "odc"])
  func cpioArchives(format: String) throws {
    try bench.shell(
      """
      mkdir r; cd r; printf content > a; ln a b; ln a z; ln -s a s; mkfifo p
      : > empty; ln empty empty2
      printf 'a\\nb\\ns\\np\\nempty\\nempty2\\nz\\n' | cpio --quiet -o -H \(format) > ../root.cpio
      """)
    let written = try bench.write([.archive(bench.path("root.cpio"))])
    for name in ["a", "b", "z"] {
      #expect(try written.text(name) == "content")
      #expect(try written.entry(name).links == 3)
    }
    #expect(try written.entry("empty2").links == 2)
    #expect(try written.entry("s").isSymbolicLink)
  }

  @Test func debianPackages() throws {
    try bench.shell(
      """
      mkdir -p r/usr/bin; printf tool > r/usr/bin/tool; chmod 4755 r/usr/bin/tool
      tar -C r --owner=0 --group=0 --numeric-owner -cJf data.tar.xz ./usr
      echo 2.0 > debian-binary; tar -czf control.tar.gz debian-binary
      ar rc x.deb debian-binary control.tar.gz data.tar.xz
      """)
    let written = try bench.write([.archive(bench.path("x.deb"))])
    #expect(
      try written.listing.suffix(1) == ["-4755 0:0 4 usr/bin/tool"])
  }

  /// A socket belongs to a program that runs.
  @Test func socketsAreLeftOut() throws {
    try bench.shell(
      """
      mkdir r; : > r/file
      python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("r/talk")'
      cd r; printf 'file\\ntalk\\n' | cpio --quiet -o -H newc > ../root.cpio
      """)
    let written = try bench.write([.archive(bench.path("root.cpio"))])
    #expect(try written.reader.entry(Array("talk".utf8)) == nil)
    #expect(written.notes == ["sockets are left out, which programs make anew: \"talk\""])
    let folder = try bench.write([.folder(bench.path("r"))])
    #expect(folder.notes == written.notes)
  }
}

extension RootBench {
  /// What debugfs answers.
  func ask(_ request: String) throws -> String {
    try OutsideTool.run(
      "debugfs", ["-R", request, path("card.img").string + "?offset=\(Self.start.rawValue)"]
    ).output
  }
}

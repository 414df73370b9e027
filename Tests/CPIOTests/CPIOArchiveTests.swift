import CPIO
import Diagnostics
import Foundation
import OutsideTools
import Testing

@Suite struct CPIOArchiveTests {
  static func archive() throws -> CPIOArchive {
    var archive = CPIOArchive()
    try archive.add(.folder("bin"))
    try archive.add(.folder("dev", permissions: 0o700))
    try archive.add(.characterDevice("dev/console", major: 5, minor: 1))
    var busybox = CPIOEntry.file(
      "bin/busybox", permissions: 0o4755, data: Array("not really".utf8))
    busybox.modified = 1_700_000_000
    try archive.add(busybox)
    try archive.add(.symlink("bin/sh", to: "busybox"))
    try archive.add(.file("empty", data: []))
    var owned = CPIOEntry.file("init", permissions: 0o755, data: Array("#!/bin/sh\n".utf8))
    owned.uid = 1000
    owned.gid = 100
    try archive.add(owned)
    try archive.add(.symlink("lib", to: "bin"))
    try archive.add(.file("lib/Größe", data: [0, 1, 2]))
    return archive
  }

  static func refusal(_ entries: CPIOEntry...) -> CPIOError? {
    do throws(CPIOError) {
      var archive = CPIOArchive()
      for entry in entries { try archive.add(entry) }
      return nil
    } catch {
      return error
    }
  }

  @Test func cpioListsWhatWasMeant() throws {
    let bytes = try Self.archive().encoded()
    #expect(bytes.count % 512 == 0)
    #expect(bytes.starts(with: Array("07070100000001000041ED".utf8)))
    try OutsideTool.withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("initramfs")
      try Data(bytes).write(to: file)
      let listing = try OutsideTool.run(
        "cpio", ["-itv", "--numeric-uid-gid", "--quiet"], input: file)
      #expect(
        listing.output == """
          drwxr-xr-x   2 0        0               0 Jan  1  1970 bin
          drwx------   2 0        0               0 Jan  1  1970 dev
          crw-------   1 0        0          5,   1 Jan  1  1970 dev/console
          -rwsr-xr-x   1 0        0              10 Nov 14  2023 bin/busybox
          lrwxrwxrwx   1 0        0               7 Jan  1  1970 bin/sh -> busybox
          -rw-r--r--   1 0        0               0 Jan  1  1970 empty
          -rwxr-xr-x   1 1000     100            10 Jan  1  1970 init
          lrwxrwxrwx   1 0        0               3 Jan  1  1970 lib -> bin
          -rw-r--r--   1 0        0               3 Jan  1  1970 lib/Größe

          """)
    }
  }

  @Test func cpioUnpacksWhatWentIn() throws {
    let bytes = try Self.archive().encoded()
    try OutsideTool.withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("initramfs")
      try Data(bytes).write(to: file)
      let root = folder.appendingPathComponent("root")
      try FileManager.default.createDirectory(at: root, withIntermediateDirectories: false)
      // Device nodes need rights that tests should not have.
      let copy = try OutsideTool.run(
        "cpio", ["-idm", "--quiet", "--nonmatching", "dev/*"], in: root, input: file)
      #expect(copy.status == 0, "\(copy.output)")
      func content(_ path: String) throws -> String {
        String(
          decoding: try Data(contentsOf: root.appendingPathComponent(path)), as: UTF8.self)
      }
      #expect(try content("bin/sh") == "not really")
      #expect(try content("init") == "#!/bin/sh\n")
      #expect(try content("empty") == "")
      #expect(try content("bin/Größe") == "\0\u{01}\u{02}")
    }
  }

  /// Header, path and data of every length stay in step with the padding.
  @Test func everyLengthIsPadded() throws {
    var archive = CPIOArchive()
    var names: [String] = []
    for length in 1...9 {
      for size in 0...5 {
        names.append(String(repeating: "n", count: length) + "\(size)")
        try archive.add(.file(names.last ?? "", data: Array(repeating: 0xFF, count: size)))
      }
    }
    let bytes = archive.encoded()
    try OutsideTool.withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("initramfs")
      try Data(bytes).write(to: file)
      let listing = try OutsideTool.run("cpio", ["-it", "--quiet"], input: file)
      #expect(listing.output == names.joined(separator: "\n") + "\n")
    }
  }

  @Test func anEmptyArchiveIsATrailer() {
    let bytes = CPIOArchive().encoded()
    #expect(bytes.count == 512)
    #expect(bytes[110..<121].elementsEqual(Array("TRAILER!!!\0".utf8)))
  }

  @Test(
    arguments: [
      ("", .empty), ("/init", .leadingSlash), ("bin//sh", .emptyName), ("bin/", .emptyName),
      ("../etc/passwd", .dots), ("bin/..", .dots), ("../\u{301}x", .dots), (".", .dots),
      ("a\0b", .zeroByte),
      (String(repeating: "n", count: 4096), .tooLong(bytes: 4096)), ("TRAILER!!!", .reserved),
    ] as [(String, CPIOPathFault)])
  func refusesPaths(path: String, fault: CPIOPathFault) {
    #expect(Self.refusal(.file(path, data: [])) == .path(path, fault: fault))
  }

  @Test func refusesWhatTheKernelWouldLeaveOut() throws {
    let error = try #require(Self.refusal(.file("etc/inittab", data: []), .folder("etc")))
    #expect(error == .noFolder(path: "etc/inittab", folder: "etc"))
    #expect(
      error.diagnostic
        == Diagnostic(
          .error,
          "`etc/inittab` comes before its folder `etc`, and the kernel would leave it out",
          help: "add the folder first"))
    #expect(
      Self.refusal(.file("etc", data: []), .file("etc/inittab", data: []))
        == .noFolder(path: "etc/inittab", folder: "etc"))
  }

  @Test func refusesWhatMakesNoSense() {
    #expect(Self.refusal(.folder("bin"), .folder("bin")) == .twice(path: "bin"))
    #expect(Self.refusal(.symlink("sh", to: "")) == .target(path: "sh"))
    #expect(Self.refusal(.symlink("sh", to: "a\0b")) == .target(path: "sh"))
    #expect(
      Self.refusal(.folder("bin", permissions: 0o40755))
        == .permissions(path: "bin", 0o40755))
  }
}

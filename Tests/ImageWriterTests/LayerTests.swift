import Diagnostics
import Ext4
import Foundation
import ImageWriter
import Measures
import Testing

/// Sources are laid over each other.
@Suite struct LayerTests {
  let bench: RootBench

  init() throws { bench = try RootBench() }

  @Test func laterFilesStayAndFoldersKeepTheirContent() throws {
    let written = try bench.write([
      bench.tar("base.tar") {
        $0.add("etc/", .folder, mode: 0o755)
        $0.add("etc/hosts", .file, "old and long")
        $0.add("etc/motd", .file, "kept")
        $0.add("bin", .symlink, target: "usr/bin")
      },
      bench.tar("more.tar") {
        $0.add("etc/", .folder, mode: 0o700)
        $0.add("etc/hosts", .symlink, mode: 0o777, target: "motd")
        $0.add("bin", .file, "now a file")
      },
      .files([
        RootFile(
          path: Array("/etc/hostname".utf8), .bytes(Array("card\n".utf8)), permissions: 0o640),
        RootFile(
          path: Array("/dev/null".utf8), .special(.characterDevice(major: 1, minor: 3)),
          permissions: 0o666, group: 5),
      ]),
    ])
    #expect(
      try written.listing == [
        "d755 0:0 /",
        "-644 0:0 10 bin",
        "d755 0:0 dev",
        "c666 0:5 1,3 dev/null",
        "d700 0:0 etc",
        "-640 0:0 5 etc/hostname",
        "l777 0:0 etc/hosts -> motd",
        "-644 0:0 4 etc/motd",
      ])
    #expect(
      written.notes == ["paths come again, and the last one counts: \"etc/hosts\", \"bin\""])
    #expect(try written.entry("etc/hostname").times.modified.seconds == 1_700_000_000)
  }

  /// A root in which /lib is a link, and a package that still says lib.
  @Test func membersFollowLinksWithinTheRoot() throws {
    let written = try bench.write([
      bench.tar("base.tar") {
        $0.add("lib", .symlink, mode: 0o777, target: "usr/lib")
        $0.add("abs", .symlink, mode: 0o777, target: "/usr/share")
        $0.add("far", .symlink, mode: 0o777, target: "../../../opt")
        $0.add("two", .symlink, mode: 0o777, target: "lib/./../share")
        $0.add("usr/lib/", .folder, mode: 0o711)
        $0.add("usr/lib/a", .file, "a")
      },
      bench.tar("more.tar") {
        $0.add("lib/", .folder, mode: 0o755)
        $0.add("lib/b", .file, "b")
        $0.add("lib/c", .hardLink, target: "lib/a")
        $0.add("abs/new/d", .file)
        $0.add("far/e", .file)
        $0.add("two/f", .file)
      },
    ])
    #expect(
      try written.listing == [
        "d755 0:0 /",
        "l777 0:0 abs -> /usr/share",
        "l777 0:0 far -> ../../../opt",
        "l777 0:0 lib -> usr/lib",
        "d755 0:0 opt",
        "-644 0:0 0 opt/e",
        "l777 0:0 two -> lib/./../share",
        "d755 0:0 usr",
        "d711 0:0 usr/lib",
        "-644 0:0 1 usr/lib/a",
        "-644 0:0 1 usr/lib/b",
        "-644 0:0 1 usr/lib/c",
        "d755 0:0 usr/share",
        "-644 0:0 0 usr/share/f",
        "d755 0:0 usr/share/new",
        "-644 0:0 0 usr/share/new/d",
      ])
    #expect(written.notes.count == 2)
    #expect(written.root.notes.allSatisfy { $0.severity == .info })
  }

  @Test func aFolderTakesTheFilesPlace() throws {
    let written = try bench.write([
      bench.tar {
        $0.add("a", .file, "file")
        $0.add("dead", .symlink, target: "none")
        $0.add("a/", .folder, mode: 0o700)
        $0.add("dead/", .folder, mode: 0o711)
        $0.add("dead/b", .file)
      }
    ])
    #expect(
      try written.listing == ["d755 0:0 /", "d700 0:0 a", "d711 0:0 dead", "-644 0:0 0 dead/b"])
  }

  @Test func aDuplicateIsTold() throws {
    let written = try bench.write([
      bench.tar {
        for text in ["1", "22", "333"] { $0.add("file", .file, text) }
        $0.add("link", .hardLink, target: "file")
        $0.add("link", .hardLink, target: "file")
        $0.add("file", .hardLink, target: "file")
        $0.add("/abs", .file)
      }
    ])
    #expect(
      try written.listing == [
        "d755 0:0 /", "-644 0:0 0 abs", "-644 0:0 3 file", "-644 0:0 3 link",
      ])
    #expect(
      written.notes == [
        "a path begins with `/`, which is left out: \"/abs\"",
        "paths come again, and the last one counts: \"file\", \"file\", \"link\"",
      ])
  }

  /// A name that was given to another file meanwhile does not get the content of the first.
  @Test func contentThatComesWithAFurtherName() throws {
    let written = try bench.write([
      bench.tar {
        $0.add("a")
        $0.add("b", .hardLink, target: "a")
        $0.add("c", .hardLink, "content", target: "a", pax: [("comment", [])])
        $0.add("d", .hardLink, "again", target: "a", pax: [("comment", [])])
        $0.add("a", .file, "other")
      }
    ])
    #expect(try written.text("b") == "content")
    #expect(try written.text("c") == "content")
    #expect(try written.text("d") == "content")
    #expect(try written.text("a") == "other")
    #expect(try written.entry("b").links == 3)
  }

  @Test func copiedFilesAndFolders() throws {
    try bench.shell("printf text > a; mkdir -p r/home/ct; printf mine > r/home/ct/b; chmod 600 a")
    let owners = try OwnerMap(Array("/home/ct/** 1000 1001 750\n/no 1 1\n".utf8), file: "owners")
    let written = try bench.write([
      .folder(bench.path("r"), owners: owners),
      .files([
        RootFile(path: Array("home/ct/a".utf8), .copy(of: bench.path("a")), permissions: 0o644)
      ]),
    ])
    #expect(
      try written.listing.dropFirst() == [
        "d755 0:0 home", "d750 1000:1001 home/ct", "-644 0:0 4 home/ct/a",
        "-750 1000:1001 4 home/ct/b",
      ])
    #expect(written.notes == ["lines of the owner map count for nothing: line 2"])
    #expect(try written.text("home/ct/a") == "text")
  }
}

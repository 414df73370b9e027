import Ext4
import Foundation
import ImageWriter
import Measures
import Testing

/// What is refused, and in which words.
@Suite struct RootRefusalTests {
  let bench: RootBench

  init() throws { bench = try RootBench() }

  struct Case: Sendable, CustomStringConvertible {
    let description: String
    let members: @Sendable (inout TarArchive) -> Void

    init(_ message: String, _ members: @escaping @Sendable (inout TarArchive) -> Void) {
      description = message
      self.members = members
    }
  }

  static let cases = [
    Case("\"../x\" in root.tar holds `..`, with which it could leave the root") { $0.add("../x") },
    Case("\"a/../../x\" in root.tar holds `..`, with which it could leave the root") {
      $0.add("a/../../x")
    },
    Case("\"b\" in root.tar is a hard link to \"../etc/passwd\", which no earlier member is") {
      $0.add("b", .hardLink, target: "../etc/passwd")
    },
    Case("\"b\" in root.tar is a hard link to \"none\", which no earlier member is") {
      $0.add("b", .hardLink, target: "none")
    },
    Case("\"b\" in root.tar is a hard link to \"a\", which is a folder") {
      $0.add("a/", .folder)
      $0.add("b", .hardLink, target: "a")
    },
    Case("\"etc/sda\" in root.tar is the device 8:0, and does not lie in /dev") {
      $0.add("etc/sda", .block, device: (8, 0))
    },
    Case("\"dev/../etc/sda\" in root.tar holds `..`, with which it could leave the root") {
      $0.add("dev/../etc/sda", .block, device: (8, 0))
    },
    Case("\"dev/sda\" in root.tar is the device 8:0, and does not lie in /dev") {
      $0.add("dev", .symlink, target: "etc")
      $0.add("dev/sda", .block, device: (8, 0))
    },
    Case("\"a/b\" in root.tar is to lie in \"a\", which is no folder") {
      $0.add("a")
      $0.add("a/b")
    },
    Case("\"a\" in root.tar is no folder, and a folder of that name is there already") {
      $0.add("a/b")
      $0.add("a")
    },
    Case("\"a/x\" in root.tar is to lie below symbolic links that lead round") {
      $0.add("a", .symlink, target: "b")
      $0.add("b", .symlink, target: "a")
      $0.add("a/x")
    },
    Case("\"./\" in root.tar stands for the root itself, and is no folder") {
      $0.add("./", .fifo)
    },
    Case("\"a\" in root.tar belongs to user or group 4294967295; Linux knows 0 to 4294967294") {
      $0.add("a", pax: [("uid", Array("4294967295".utf8))])
    },
    Case("\"a\" in root.tar has an access control list that knows \"ann\" by name only") {
      $0.add("a", pax: [("SCHILY.acl.access", Array("user::rw-,user:ann:r--,mask::r--".utf8))])
    },
    Case("root.tar is an archive with nothing in it") { _ in },
  ]

  @Test(arguments: cases)
  func members(_ wanted: Case) throws {
    let source = try bench.tar { wanted.members(&$0) }
    #expect(try bench.refusal([source]).message == wanted.description)
  }

  /// The header says 8 GiB, and nothing follows.
  @Test func aSizeThatIsNotThere() throws {
    let source = try bench.tar { $0.add(Array("a".utf8), claiming: 8_000_000_000) }
    #expect(try bench.refusal([source]).message == "root.tar ends too early, within 'a'")
    let fixed = RootBench.options(.fixed(.gibibytes(16)))
    #expect(try bench.refusal([source], fixed).message == "root.tar ends too early, within 'a'")
  }

  @Test func devicesAnywhereWhereTheyAreAllowed() throws {
    let source = try bench.tar { $0.add("etc/sda", .block, device: (8, 0)) }
    let written = try bench.write([source], policy: UnsafeMembers(devicesAnywhere: true))
    #expect(try written.listing.contains("b644 0:0 8,0 etc/sda"))
  }

  @Test(
    arguments: [
      ("echo hello > x", "x is no archive but a text file"),
      (": > x", "x is no archive but an empty file"),
      ("mkdir x", "x is a folder, not a file"),
      ("true", "x does not exist"),
      ("echo hello | gzip > x", "x is no archive but a gzip file with something else in it"),
      ("mke2fs -q x 256k", "x is no archive but an ext4 file system"),
      (
        "truncate -s 1M x; printf '\\125\\252' | dd of=x bs=1 seek=510 conv=notrunc status=none",
        "x is no archive but a disk image"
      ),
      (
        "echo a > a; ar rc x a",
        "x is no Debian package but another ar archive, such as a static library"
      ),
    ])
  func whatIsNoArchive(script: String, message: String) throws {
    try bench.shell(script)
    #expect(try bench.refusal([.archive(bench.path("x"))]).message == message)
  }

  @Test func whatIsNoFolder() throws {
    try bench.shell("echo a > a")
    #expect(try bench.refusal([.folder(bench.path("a"))]).message == "a is a file, not a folder")
    #expect(try bench.refusal([.folder(bench.path("b"))]).message == "b does not exist")
  }

  @Test func limits() throws {
    let source = try bench.tar {
      for name in ["a", "b", "c"] { $0.add(name, .file, "0123456789") }
    }
    let few = try bench.refusal([source], policy: UnsafeMembers(mostMembers: 2))
    #expect(few.message == "with root.tar the root gets more than 2 files, folders and links")
    #expect(few.help?.contains("raise the limit") == true)
    let small = try bench.refusal([source], policy: UnsafeMembers(mostBytes: 25))
    #expect(small.message == "with root.tar the content of the root takes more than 25 B")
  }

  /// 1.1 GiB of zeroes in few bytes.
  @Test func aBomb() throws {
    try bench.shell(
      "mkdir r; truncate -s 1100M r/zeroes; tar -C r -cf - zeroes | zstd -q -3 > bomb.tar.zst")
    let said = try bench.refusal([.archive(bench.path("bomb.tar.zst"))])
    #expect(said.message.hasPrefix("more than 1 GiB come out of bomb.tar.zst, which has "))
  }

  /// The amount is the same whether it is known before or at the end of a packed archive, and with that
  /// much more it fits.
  @Test func aVolumeThatIsTooSmall() throws {
    try bench.shell(
      """
      mkdir r; head -c 3000000 /dev/urandom > r/big; truncate -s 40M r/zeroes
      tar -C r -S -cf root.tar big zeroes; gzip -k root.tar
      """)
    let options = RootBench.options(.fixed(.mebibytes(2)))
    let sources: [RootSource] = [
      .archive(bench.path("root.tar")), .archive(bench.path("root.tar.gz")),
      .folder(bench.path("r")),
    ]
    for source in sources {
      let said = try bench.refusal([source], options)
      #expect(
        said.message == "the files take 968 KiB more than the ext4 volume of 2 MiB can hold")
      #expect(said.help == "make the volume at least 3MiB large, or leave files out")
      _ = try bench.write([source], RootBench.options(.fixed(.kibibytes(3016))), as: "fits.img")
    }
  }
}

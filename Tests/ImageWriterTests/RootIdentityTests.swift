import Ext4
import Foundation
import ImageWriter
import Testing

/// What changes the identity of a root, and what does not: SameBytesTests has more of the latter.
@Suite struct RootIdentityTests {
  let bench: RootBench

  init() throws { bench = try RootBench() }

  /// Each line is a script that changes one thing in a folder, or an archive of 20 MiB.
  @Test(
    arguments: [
      "echo more >> r/file", "touch -d '2001-01-01' r/file", "chmod 600 r/file",
      "mv r/file r/other",
      "ln -sf elsewhere r/link", "mkdir r/new",
      "printf x | dd of=root.tar conv=notrunc status=none",
      "printf x | dd of=root.tar bs=1 seek=20971519 conv=notrunc status=none", "echo >> root.tar",
      "echo x >> copied",
    ])
  func everyChangeCounts(change: String) throws {
    try bench.shell(
      """
      mkdir r; echo text > r/file; ln -s file r/link; truncate -s 20M root.tar; echo a > copied
      """)
    let layers: [RootSource] = [
      .archive(bench.path("root.tar")), .folder(bench.path("r")),
      .files([RootFile(path: [0x61], .copy(of: bench.path("copied")), permissions: 0o644)]),
    ]
    let before = try RootIdentity(of: layers)
    #expect(before.bytes.count == 32)
    try bench.shell("touch -a r/file; cat r/file copied root.tar > /dev/null")
    #expect(try RootIdentity(of: layers) == before)
    try bench.shell(change)
    #expect(try RootIdentity(of: layers) != before)
  }

  @Test func orderAndOwnersCount() throws {
    try bench.shell("mkdir a b; touch -d '2001-01-01' a b")
    let (a, b) = (RootSource.folder(bench.path("a")), RootSource.folder(bench.path("b")))
    // Two empty folders of one time are the same, whatever their names here.
    #expect(try RootIdentity(of: [a]) == RootIdentity(of: [b]))
    let owners = try OwnerMap(Array("/ 1 1".utf8), file: "owners")
    let owned = RootSource.folder(bench.path("a"), owners: owners)
    #expect(try RootIdentity(of: [a, owned]) != RootIdentity(of: [owned, a]))
  }
}

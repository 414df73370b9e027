import Bytes
import Ext4
import Measures
import Testing

@Suite struct PathTests {
  private func reader(_ links: [(String, String)]) throws -> Ext4Reader {
    let bytes = try VolumeInMemory.make { writer in
      try writer.addFile(Path("/etc/hosts"), size: 5, .plain())
      try writer.write(Path("local").span.bytes, at: 0)
      try writer.add(.folder, at: Path("usr/lib"), .plain(0o755))
      for (path, target) in links {
        try writer.add(.symbolicLink(Path(target)), at: Path(path), .plain())
      }
    }
    return try Ext4Reader(BytesInMemory(bytes))
  }

  @Test(arguments: [
    "etc/hosts", "/etc//./hosts", "etc/../etc/hosts", "../../etc/hosts", "usr/lib/../../etc/hosts",
    "absolute", "usr/relative", "usr/dir/hosts", "chain", "long",
  ])
  func theSameFile(path: String) throws {
    let reader = try reader([
      ("absolute", "/etc/hosts"), ("usr/relative", "../etc/hosts"), ("usr/dir", "/etc"),
      ("chain", "usr/relative"), ("long", String(repeating: "usr/../", count: 30) + "absolute"),
    ])
    let file = try #require(try reader.entry(Path(path)))
    #expect(try reader.read(file) == Path("local"))
    #expect(try reader.read(file, count: 3, at: 1) == Path("oca"))
    #expect(try reader.read(file, count: 99, at: 4) == Path("l"))
    #expect(try reader.read(file, at: 5).isEmpty)
  }

  @Test func whatIsNotThere() throws {
    let reader = try reader([("dangling", "nowhere")])
    for path in ["etc/host", "etc/hosts/x", "dangling", "x/../etc/hosts"] {
      #expect(try reader.entry(Path(path)) == nil, "\(path)")
      #expect(try reader.list(Path(path)) == nil, "\(path)")
    }
    let link = try #require(try reader.entry(Path("dangling"), followingLink: false))
    #expect(try reader.target(of: link) == Path("nowhere"))
    #expect(try reader.list(Path("etc"))?.map(\.name) == [Path("hosts")])
    #expect(
      try reader.list([])?.map(\.name) == ["dangling", "etc", "lost+found", "usr"].map(Path.init))
  }

  @Test func linksThatLeadOnAndOn() throws {
    let reader = try reader([("a", "b"), ("b", "a"), ("usr/self", "self/self")])
    for path in ["a", "b/x", "usr/self"] {
      #expect(throws: Ext4ReadError.tooManyLinks(path: Path(path))) { try reader.entry(Path(path)) }
    }
  }
}

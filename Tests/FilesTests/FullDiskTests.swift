import Diagnostics
import Files
import Measures
import SystemPackage
import Testing

/// What a full disk leaves behind: the earlier files, and nothing else.
@Suite struct FullDiskTests {
  let disk: SmallDisk

  init() throws {
    disk = try SmallDisk(kibibytes: 256)
    try disk.bench.put("earlier", as: "card.img")
  }

  private let large = [UInt8](repeating: 7, count: 1 << 20)

  private func expectUntouched() throws {
    #expect(disk.bench.names == ["card.img"])
    #expect(try disk.bench.text(of: "card.img") == "earlier")
  }

  @Test func aWriteThatDoesNotFit() throws {
    let target = disk.bench["card.img"]
    let expected = FileError.system(.write, target, .noSpace, wanted: .mebibytes(1))
    #expect(throws: expected) {
      var file = try AtomicFile(replacing: target)
      try file.write(large.span.bytes)
      try file.commit()
    }
    try expectUntouched()
    #expect(
      expected.diagnostic.message == "no space left for 1 MiB on the disk that holds \(target)")
    #expect(
      expected.diagnostic.help
        == "free some space there (df -h \(disk.folder)), or choose another output folder")
  }

  @Test func aSetOfWhichTheLastDoesNotFit() throws {
    #expect {
      var set = AtomicFileSet()
      var image = try AtomicFile(replacing: disk.bench["card.img"])
      let small = [UInt8]("new")
      try image.write(small.span.bytes)
      try set.add(image)
      var manifest = try AtomicFile(replacing: disk.bench["manifest"])
      try manifest.write(large.span.bytes)
      try set.add(manifest)
      try set.commit()
    } throws: { error in
      if case FileError.system(_, _, .noSpace, _) = error { true } else { false }
    }
    try expectUntouched()
  }
}

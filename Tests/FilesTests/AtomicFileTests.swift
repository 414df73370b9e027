import Files
import Glibc
import Measures
import SystemPackage
import Testing

@Suite struct AtomicFileTests {
  let bench: Workbench

  init() throws { bench = try Workbench() }

  @Test func theFileAppearsWhenItIsCommitted() throws {
    var file = try AtomicFile(replacing: bench["card.img"])
    let (one, two) = ([UInt8]("one "), [UInt8]("two"))
    try file.write(one.span.bytes)
    try file.write(two.span.bytes)
    #expect(bench.names.allSatisfy { $0.hasPrefix(".card.img.") && $0.hasSuffix(".part") })
    #expect(bench.names.count == 1)
    try file.commit()
    #expect(bench.names == ["card.img"])
    #expect(try bench.text(of: "card.img") == "one two")
  }

  @Test func anEarlierFileStaysUntilThen() throws {
    try bench.put("earlier", as: "card.img")
    do {
      var file = try AtomicFile(replacing: bench["card.img"])
      let bytes = [UInt8]("half")
      try file.write(bytes.span.bytes)
      #expect(try bench.text(of: "card.img") == "earlier")
    }
    #expect(bench.names == ["card.img"])
    #expect(try bench.text(of: "card.img") == "earlier")
  }

  @Test func gapsReadAsZeroAndTakeNoSpace() throws {
    let file = try AtomicFile(replacing: bench["sparse"])
    let bytes = [UInt8]("end")
    try file.resize(to: .mebibytes(64))
    try file.write(bytes.span.bytes, at: .mebibytes(32))
    try file.commit()
    #expect(try fileSize(bench["sparse"]) == .mebibytes(64))
    var status = stat()
    #expect(stat(bench["sparse"].string, &status) == 0)
    #expect(status.st_blocks * 512 < 1 << 20)
  }

  @Test(arguments: [0, 0o022, 0o077] as [mode_t])
  func everybodyMayReadItWhateverTheUmask(mask: mode_t) throws {
    let earlier = umask(mask)
    defer { umask(earlier) }
    try AtomicFile(replacing: bench["card.img"]).commit()
    #expect(Workbench.mode(of: bench["card.img"]) == 0o644)
  }

  @Test func aSymbolicLinkIsFollowed() throws {
    try bench.put("earlier", as: "real")
    #expect(symlink("real", bench["link"].string) == 0)
    var file = try AtomicFile(replacing: bench["link"])
    let bytes = [UInt8]("new")
    try file.write(bytes.span.bytes)
    try file.commit()
    #expect(bench.names == ["link", "real"])
    #expect(try bench.text(of: "real") == "new")
  }

  @Test func aRelativeNameStandsInTheCurrentFolder() throws {
    let name = FilePath("files-tests-\(UInt64.random(in: 0...(.max))).tmp")
    defer { unlink(name.string) }
    try AtomicFile(replacing: name).commit()
    #expect(try fileSize(name) == 0)
  }

  @Test func theLongestNameIsPossible() throws {
    let name = String(repeating: "ä", count: 127) + "x"
    try AtomicFile(replacing: bench[name]).commit()
    #expect(bench.names == [name])
  }

  @Test func refusesToReplaceWhatIsNoFile() throws {
    #expect(throws: FileError.notFile("/dev/null", .characterDevice)) {
      try AtomicFile(replacing: "/dev/null").commit()
    }
    #expect(throws: FileError.notFile(bench.folder, .folder)) {
      try AtomicFile(replacing: bench.folder).commit()
    }
    #expect(throws: FileError.notFile("/", .folder)) { try AtomicFile(replacing: "/").commit() }
    #expect(throws: FileError.notFile("", .folder)) {
      try AtomicFile(replacing: "").commit()
    }
  }

  @Test func aMissingFolderIsNamed() throws {
    let path = bench["missing"].appending("card.img")
    #expect(throws: FileError.system(.create, path, .noSuchFileOrDirectory)) {
      try AtomicFile(replacing: path).commit()
    }
  }

  @Test func aFailingCommitLeavesNothing() throws {
    let file = try AtomicFile(replacing: bench["card.img"])
    try ensureFolder(bench["card.img"])
    var failure: FileError?
    do { try file.commit() } catch { failure = error }
    #expect(failure == .system(.replace, bench["card.img"], .isDirectory))
    #expect(bench.names == ["card.img"])
  }

  @Test func refusesOffsetsThatNoFileHas() throws {
    let file = try AtomicFile(replacing: bench["card.img"])
    let bytes = [UInt8]("x")
    var errors: [FileError] = []
    for offset in [UInt64.max, UInt64(Int64.max)] {
      do throws(FileError) {
        try file.write(bytes.span.bytes, at: ByteCount(offset))
      } catch {
        errors.append(error)
      }
    }
    let expected = FileError.system(.write, bench["card.img"], .fileTooLarge, wanted: 1)
    #expect(errors == [expected, expected])
  }
}

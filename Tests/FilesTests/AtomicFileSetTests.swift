import Files
import Glibc
import Measures
import SystemPackage
import Testing

@Suite struct AtomicFileSetTests {
  let bench: Workbench

  init() throws { bench = try Workbench() }

  private func file(_ name: String, _ text: String) throws(FileError) -> AtomicFile {
    var file = try AtomicFile(replacing: bench[name])
    let bytes = [UInt8](text)
    try file.write(bytes.span.bytes)
    return file
  }

  @Test func allFilesAppearTogether() throws {
    try bench.put("earlier", as: "card.img")
    var set = AtomicFileSet()
    try set.add(file("card.img", "image"))
    try set.add(file("manifest", "image is new"))
    #expect(try bench.text(of: "card.img") == "earlier")
    try set.commit()
    #expect(bench.names == ["card.img", "manifest"])
    #expect(try bench.text(of: "card.img") == "image")
    #expect(Workbench.mode(of: bench["manifest"]) == 0o644)
  }

  @Test func withoutCommitNothingChanges() throws {
    try bench.put("earlier", as: "card.img")
    do {
      var set = AtomicFileSet()
      try set.add(file("card.img", "image"))
      try set.add(file("manifest", "image is new"))
    }
    #expect(bench.names == ["card.img"])
    #expect(try bench.text(of: "card.img") == "earlier")
  }

  /// Between completing the files and naming them, a folder takes the last one's name.
  @Test func nothingIsRenamedWhereOneCannotBe() throws {
    try bench.put("earlier", as: "card.img")
    var set = AtomicFileSet()
    try set.add(file("card.img", "image"))
    try set.add(file("manifest", "image is new"))
    try ensureFolder(bench["manifest"])
    var failure: FileError?
    do { try set.commit() } catch { failure = error }
    #expect(failure == .notFile(bench["manifest"], .folder))
    #expect(bench.names == ["card.img", "manifest"])
    #expect(try bench.text(of: "card.img") == "earlier")
  }
}

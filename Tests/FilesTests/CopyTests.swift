import Files
import Measures
import SystemPackage
import Testing

@Suite struct CopyTests {
  let bench: Workbench

  init() throws { bench = try Workbench() }

  /// Copies `source`, planned to be `length` long, behind two bytes.
  private func copy(_ source: FilePath, length: ByteCount, to target: FilePath) throws {
    var file = try AtomicFile(replacing: target)
    let bytes = [UInt8]("> ")
    try file.write(bytes.span.bytes)
    try file.copy(from: source, length: length, at: 2)
    try file.commit()
  }

  @Test func copiesAFile() throws {
    let source = try bench.put("the source", as: "source")
    try copy(source, length: 10, to: bench["copy"])
    #expect(try bench.text(of: "copy") == "> the source")
  }

  /// The kernel copies by itself only within one file system.
  @Test func copiesFromAnotherFileSystem() throws {
    let disk = try SmallDisk(kibibytes: 4096)
    let text = String(repeating: "0123456789abcdef", count: 1 << 17)  // 2 MiB, more than a piece
    let source = try disk.bench.put(text, as: "source")
    try copy(source, length: .mebibytes(2), to: bench["copy"])
    let copied = try readFile(bench["copy"], limit: .mebibytes(4))
    let isSame = copied == [UInt8]("> " + text)
    #expect(isSame)
  }

  @Test(arguments: [(9, "source is one byte longer"), (11, "source is one byte shorter")])
  func refusesASourceWhoseLengthChanged(planned: Int, why: String) throws {
    let source = try bench.put("the source", as: "source")
    let expected = FileError.lengthChanged(source, planned: ByteCount(planned), found: 10)
    #expect(throws: expected, "\(why)") {
      try copy(source, length: ByteCount(planned), to: bench["copy"])
    }
    #expect(bench.names == ["source"])
  }

  /// A file in /proc claims to be empty.
  @Test func copiesNothingOfAnEmptyFile() throws {
    try copy("/proc/self/cmdline", length: 0, to: bench["copy"])
    #expect(try bench.text(of: "copy") == "> ")
  }

  @Test func refusesAFolderAndAMissingSource() throws {
    #expect(throws: FileError.notFile(bench.folder, .folder)) {
      try copy(bench.folder, length: 1, to: bench["copy"])
    }
    #expect(throws: FileError.system(.inspect, bench["no"], .noSuchFileOrDirectory)) {
      try copy(bench["no"], length: 1, to: bench["copy"])
    }
    #expect(bench.names.isEmpty)
  }
}

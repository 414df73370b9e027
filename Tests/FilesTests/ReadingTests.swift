import Files
import Glibc
import Measures
import SystemPackage
import Testing

@Suite struct ReadingTests {
  let bench: Workbench

  init() throws { bench = try Workbench() }

  @Test func readsUpToTheLimit() throws {
    let path = try bench.put("twelve bytes", as: "file")
    #expect(try readFile(path, limit: 12) == [UInt8]("twelve bytes"))
    #expect(try fileSize(path) == 12)
    #expect(throws: FileError.tooLarge(path, size: 12, limit: 11)) {
      try readFile(path, limit: 11)
    }
  }

  @Test func readsAFileThatHidesItsLength() throws {
    #expect(try readFile("/proc/self/cmdline", limit: .mebibytes(4)).isEmpty == false)
    #expect(throws: FileError.self) { try readFile("/proc/self/cmdline", limit: 1) }
  }

  @Test func refusesWhatIsNoFileWithoutWaiting() throws {
    let pipe = bench["pipe"]
    #expect(mkfifo(pipe.string, 0o600) == 0)
    #expect(throws: FileError.notFile(pipe, .pipe)) { try readFile(pipe, limit: 1) }
    #expect(throws: FileError.notFile(bench.folder, .folder)) {
      try readFile(bench.folder, limit: 1)
    }
    #expect(throws: FileError.notFile("/dev/zero", .characterDevice)) {
      try readFile("/dev/zero", limit: 1)
    }
    #expect(throws: FileError.system(.inspect, bench["no"], .noSuchFileOrDirectory)) {
      try readFile(bench["no"], limit: 1)
    }
    #expect(throws: FileError.notFile(pipe, .pipe)) { try fileSize(pipe) }
  }

  @Test func aDiskIsReadWhereItIsAskedFor() throws {
    let path = try bench.put("twelve bytes", as: "disk")
    let disk = try FileBytes(disk: path)
    #expect(disk.size == 12)
    #expect(disk.read(5, at: 7) == [UInt8]("bytes"))
    #expect(disk.read(5, at: 10) == [UInt8]("es") && disk.read(1, at: 12) == [])
    #expect(throws: FileError.notFile(bench.folder, .folder)) { try FileBytes(disk: bench.folder) }
    #expect(throws: FileError.notFile("/dev/zero", .characterDevice)) {
      try FileBytes(disk: "/dev/zero")
    }
    #expect(throws: FileError.system(.inspect, bench["no"], .noSuchFileOrDirectory)) {
      try FileBytes(disk: bench["no"])
    }
  }

  @Test func createsFoldersWhereTheyAreMissing() throws {
    let path = bench.folder.appending("a/b/c")
    try ensureFolder(path)
    try ensureFolder(path)
    try ensureFolder("/")
    try ensureFolder(".")
    #expect(Workbench.names(in: bench.folder.appending("a/b")) == ["c"])
  }

  @Test func refusesAFolderWhereAFileStands() throws {
    let file = try bench.put("", as: "file")
    #expect(throws: FileError.notFolder(file, .file)) { try ensureFolder(file) }
    let below = file.appending("below")
    #expect(throws: FileError.system(.inspect, below, .notDirectory)) { try ensureFolder(below) }
    #expect(symlink("nothing", bench["link"].string) == 0)
    #expect(throws: FileError.system(.create, bench["link"], .fileExists)) {
      try ensureFolder(bench["link"])
    }
  }
}

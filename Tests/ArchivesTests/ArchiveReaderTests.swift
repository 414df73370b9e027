import Archives
import Measures
import SystemPackage
import Testing

@Suite struct ArchiveReaderTests {
  @Test(arguments: ["cf", "czf", "cjf", "cJf", "c --zstd -f"])
  func listsATarHoweverItIsPacked(options: String) async throws {
    let bench = try Workbench()
    try await bench.shell(
      """
      mkdir -p r/etc; printf hello > r/etc/motd; chmod 640 r/etc/motd; chmod 755 r/etc r
      ln -s motd r/etc/issue; ln r/etc/motd r/etc/same; mkfifo -m 600 r/pipe
      cd r; tar -\(options) ../r.tar --sort=name --owner=7 --group=8 --mtime=@99 .
      """)
    var reader = try ArchiveReader(bench.folder.appending("r.tar"))
    var lines: [String] = []
    while let member = try reader.next() {
      lines.append("\(member.path) \(member.kind) \(member.size) \(String(member.mode, radix: 8))")
      #expect([member.owner, member.group, member.modified] == [7, 8, 99])
    }
    #expect(
      lines == [
        "./ folder 0 B 755",
        "./etc/ folder 0 B 755",
        #"./etc/issue symlink(to: "motd") 0 B 777"#,
        "./etc/motd file 5 B 640",
        #"./etc/same hardlink(to: "./etc/motd") 0 B 640"#,
        "./pipe fifo 0 B 600",
      ])
  }

  @Test func readsDataUpToALimit() async throws {
    let bench = try Workbench()
    try await bench.shell("seq 1 50000 > numbers; tar -cf r.tar numbers")
    let path = bench.folder.appending("r.tar")
    var reader = try ArchiveReader(path)
    _ = try reader.next()
    #expect(try reader.data(limit: .mebibytes(1)) == bench.bytes("numbers"))

    #expect(throws: ArchiveError.tooLarge(path, member: "numbers", limit: .kibibytes(64))) {
      var again = try ArchiveReader(path)
      _ = try again.next()
      _ = try again.data(limit: .kibibytes(64))
    }
  }

  @Test func readsNamesThatAreNotASCIIWhateverTheLocale() async throws {
    let bench = try Workbench()
    try await bench.shell("touch Főtanúsítvány; tar --format=pax -cf r.tar Főtanúsítvány")
    var reader = try ArchiveReader(bench.folder.appending("r.tar"))
    let name = try reader.next()?.path
    #expect(name == "Főtanúsítvány")
  }

  @Test(
    arguments: [
      ("printf ''", "an empty file"), ("echo hello", "a text file"),
      ("echo '<!DOCTYPE html><p>Not found'", "a web page"), ("cat /bin/true", "a program (ELF)"),
    ])
  func saysWhatIsNoArchive(command: String, found: String) async throws {
    let bench = try Workbench()
    try await bench.shell("\(command) > r.tar")
    let path = bench.folder.appending("r.tar")
    #expect(throws: ArchiveError.notAnArchive(path, found: found)) {
      var reader = try ArchiveReader(path)
      _ = try reader.next()
    }
  }

  @Test func opensNeitherFoldersNorPipesNorNothing() async throws {
    let bench = try Workbench()
    try await bench.shell("mkdir folder; mkfifo pipe")
    for name in ["folder", "pipe", "nothing"] {
      #expect(throws: ArchiveError.self) { _ = try ArchiveReader(bench.folder.appending(name)) }
    }
  }

  @Test(arguments: ["cf", "czf", "cJf", "c --zstd -f"])
  func aCutOffArchiveIsSaidToBeCutOff(options: String) async throws {
    let bench = try Workbench()
    try await bench.shell(
      "awk 'BEGIN { srand(7); while (i++ < 30000) print rand() rand() }' > noise; tar -\(options) r.tar noise"
    )
    let whole = try bench.bytes("r.tar")
    try bench.write(whole.prefix(whole.count / 2), to: "r.tar")
    let path = bench.folder.appending("r.tar")
    #expect(throws: ArchiveError.truncated(path, member: "noise")) {
      var reader = try ArchiveReader(path)
      _ = try reader.next()
      _ = try reader.data(limit: .mebibytes(1))
    }
  }
}

import Archives
import Diagnostics
import Measures
import SystemPackage
import Testing

@Suite struct DebianPackageTests {
  /// A package with a kernel, a bootloader, and links before and after what they mean.
  static let tree = """
    mkdir -p r/boot r/usr/lib/u-boot/Cubie r/usr/share r/opt
    printf kernel > r/boot/vmlinuz-6.1; printf config > r/boot/config-6.1; chmod 755 r/boot/config-6.1
    printf spl > r/usr/lib/u-boot/Cubie/spl.bin
    ln -s boot/vmlinuz-6.1 r/a-kernel; ln -s /boot/vmlinuz-6.1 r/z-kernel
    ln -s usr/lib r/lib; ln -s ../lib/u-boot/Cubie/spl.bin r/opt/spl
    ln r/boot/config-6.1 r/boot/zconfig; ln -s /etc/passwd r/opt/outside
    ln -s ../../../etc/passwd r/opt/above; ln -s round r/opt/round
    """

  func package(_ bench: Workbench, pack: String = "cat", suffix: String = "") async throws
    -> DebianPackageFile
  {
    try await bench.shell(Self.tree)
    try await bench.shell("tar -cf - --sort=name -C r . | \(pack) > data.tar\(suffix)")
    return try await bench.package("data.tar\(suffix)")
  }

  @Test(arguments: [("cat", ""), ("gzip", ".gz"), ("xz", ".xz"), ("zstd -q", ".zst")])
  func takesWantedMembersOnly(pack: String, suffix: String) async throws {
    let bench = try Workbench()
    let package = try await package(bench, pack: pack, suffix: suffix)
    let taken = try package.extract(
      ["boot/vmlinuz-*", "./usr/lib/u-boot/Cubie/spl.bin"], into: bench.folder.appending("out"))
    #expect(taken.map(\.path) == ["boot/vmlinuz-6.1", "usr/lib/u-boot/Cubie/spl.bin"])
    #expect(taken.map(\.size) == [6, 3])
    #expect(
      try await bench.listing() == "out/boot/vmlinuz-6.1\nout/usr/lib/u-boot/Cubie/spl.bin\n")
    #expect(try bench.bytes("out/boot/vmlinuz-6.1") == Array("kernel".utf8))
  }

  @Test func handsOverContentsInOneGo() async throws {
    let bench = try Workbench()
    let package = try await package(bench, pack: "xz", suffix: ".xz")
    var asked: [String] = []
    var taken: [String: String] = [:]
    try package.forEachFile(
      where: { path in
        asked.append(path)
        return path.hasPrefix("boot/")
      }, limit: 6, do: { path, bytes in taken[path] = String(decoding: bytes, as: UTF8.self) })
    #expect(taken == ["boot/vmlinuz-6.1": "kernel", "boot/config-6.1": "config"])
    #expect(asked.contains("usr/lib/u-boot/Cubie/spl.bin") && !asked.contains("a-kernel"))
    #expect(throws: ArchiveError.self) {
      try package.forEachFile(where: { _ in true }, limit: 5, do: { _, _ in })
    }
  }

  @Test func aLinkStandsForItsFile() async throws {
    let bench = try Workbench()
    let package = try await package(bench)
    let wanted = ["a-kernel", "z-kernel", "opt/spl", "boot/zconfig"]
    let out = bench.folder.appending("out")
    let taken = try package.extract(wanted.map { MemberPattern($0) }, into: out)
    #expect(taken.map(\.path) == wanted.sorted())
    let contents = try wanted.map { String(decoding: try bench.bytes("out/" + $0), as: UTF8.self) }
    #expect(contents == ["kernel", "kernel", "spl", "config"])
    #expect(try await bench.shell("find out -type l") == "")
    #expect(try await bench.shell("find out -type f -perm /111") == "out/boot/zconfig\n")
  }

  @Test(arguments: ["opt/outside", "opt/above", "opt/round"])
  func aLinkThatLeadsOutOfThePackageIsRefused(member: String) async throws {
    let bench = try Workbench()
    let package = try await package(bench)
    let error = #expect(throws: ArchiveError.self) {
      try package.extract([MemberPattern(member)], into: bench.folder.appending("out"))
    }
    guard case .deadLink(_, member, _) = error else {
      Issue.record("not a dead link: \(String(describing: error))")
      return
    }
    #expect(try await bench.listing() == "")
  }

  @Test func namesTheMemberThatWasMeant() async throws {
    let bench = try Workbench()
    let package = try await package(bench)
    let help = ["spl.bin", "boot/vmlinux-6.1", "boot/vmlinuz-5*"].map { wanted -> String? in
      do throws(ArchiveError) {
        _ = try package.extract([MemberPattern(wanted)], into: bench.folder.appending("out"))
        return nil
      } catch {
        return error.diagnostic.help
      }
    }
    #expect(
      help == [
        "Did you mean usr/lib/u-boot/Cubie/spl.bin?", "Did you mean boot/vmlinuz-6.1?",
        "Did you mean boot/vmlinuz-6.1?",
      ])
  }

  @Test func aFolderIsNoFile() async throws {
    let bench = try Workbench()
    let package = try await package(bench)
    #expect(throws: ArchiveError.notAFile(package.path, member: "boot")) {
      try package.extract(["boot"], into: bench.folder.appending("out"))
    }
  }

  @Test func bytesInAllAreBounded() async throws {
    let bench = try Workbench()
    let package = try await package(bench)
    #expect(throws: ArchiveError.tooLarge(package.path, member: "z-kernel", limit: 0)) {
      try package.extract(
        ["a-kernel", "z-kernel"], into: bench.folder.appending("out"), limit: 6)
    }
  }

  @Test(
    arguments: [
      ("echo hello > x.deb", "a text file"), (": > x.deb", "an empty file"),
      ("tar -cf x.deb /bin/true", "a tar archive"),
      ("echo a > a; ar rc x.deb a", "another ar archive, such as a static library"),
    ])
  func saysWhatIsNoPackage(script: String, found: String) async throws {
    let bench = try Workbench()
    try await bench.shell(script)
    let package = DebianPackageFile(bench.folder.appending("x.deb"))
    #expect(throws: ArchiveError.notADebianPackage(package.path, found: found)) {
      _ = try package.members()
    }
  }

  @Test func saysThatItsDataIsNoArchive() async throws {
    let bench = try Workbench()
    try await bench.shell("echo hello > data.tar.xz")
    let package = try await bench.package("data.tar.xz")
    let reason = "Unrecognized archive format"
    #expect(throws: ArchiveError.corrupt(package.path, member: nil, reason: reason)) {
      _ = try package.members()
    }
  }
}

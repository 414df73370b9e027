import Archives
import Diagnostics
import Measures
import SystemPackage
import Testing

/// Packages made to do harm. After each, nothing lies outside the target folder.
@Suite struct HostilePackageTests {
  /// The error of taking everything out of the package, and that nothing was left behind.
  private func refusal(
    _ bench: Workbench, _ package: DebianPackageFile, wanted: MemberPattern = "*",
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> ArchiveError? {
    let error = #expect(throws: ArchiveError.self, sourceLocation: sourceLocation) {
      try package.extract([wanted], into: bench.folder.appending("in/out"))
    }
    let strays = try await bench.shell(
      "find . -name 'evil*' -not -path './made/*' -o -name '.ctb*'")
    #expect(strays == "", sourceLocation: sourceLocation)
    return error
  }

  @Test(
    arguments: [
      ("../../evil", UnsafePath.parentFolder), ("a/../../../evil", .parentFolder),
      ("/tmp/evil", .absolute), ("./..", .parentFolder),
    ])
  func aPathOutOfTheFolderIsRefused(path: String, reason: UnsafePath) async throws {
    let bench = try Workbench()
    try await bench.shell(
      """
      mkdir -p in/out made; echo x > made/evil
      tar -C made -cPf data.tar --transform 's,.*,\(path),' evil
      """)
    let package = try await bench.package()
    let error = try await refusal(bench, package)
    #expect(error == .unsafePath(package.path, member: path, reason))
  }

  @Test func aPathThroughALinkOfTheArchiveIsRefused() async throws {
    let bench = try Workbench()
    try await bench.shell(
      """
      mkdir -p in/out made outside; cd made
      ln -s ../../outside a; tar -cf ../data.tar a; rm a
      mkdir a; echo x > a/evil; tar -rf ../data.tar a/evil
      """)
    let package = try await bench.package()
    let error = try await refusal(bench, package)
    #expect(error == .unsafePath(package.path, member: "a/evil", .throughLink("a")))
  }

  @Test func aLinkThatLiesInTheTargetIsNotFollowed() async throws {
    let bench = try Workbench()
    try await bench.shell(
      """
      mkdir -p in/out made/boot outside; ln -s ../../outside in/out/boot
      echo x > made/boot/evil; tar -C made -cf data.tar boot
      """)
    let package = try await bench.package()
    let error = try await refusal(bench, package)
    #expect(error == .cannotWrite(bench.folder.appending("in/out/boot"), .notDirectory))
  }

  @Test func anExistingLinkIsReplacedNotWrittenThrough() async throws {
    let bench = try Workbench()
    try await bench.shell(
      """
      mkdir -p out made; echo precious > precious; ln -s ../precious out/xen
      echo new > made/xen; tar -C made -cf data.tar xen
      """)
    let package = try await bench.package()
    _ = try package.extract(["xen"], into: bench.folder.appending("out"))
    #expect(try await bench.shell("cat precious out/xen") == "precious\nnew\n")
  }

  @Test func aNameThatSteersTheTerminalIsRefusedAndShownHarmless() async throws {
    let bench = try Workbench()
    try await bench.shell(
      #"mkdir -p in/out made; echo x > "made/$(printf 'evil\033[2J')"; tar -C made -cf data.tar ."#)
    let package = try await bench.package()
    let error = try await refusal(bench, package)
    let message = try #require(error).diagnostic.message
    #expect(message.unicodeScalars.allSatisfy { $0.value >= 0x20 })
    #expect(message.contains(#"evil\u{1B}[2J"#), "\(message)")
  }

  @Test func aHugeClaimedSizeTakesNeitherMemoryNorDisk() async throws {
    let bench = try Workbench()
    try await bench.shell("mkdir -p in/out made; echo x > made/evil; tar -C made -cf data.tar evil")
    // 8 GiB - 1 is the most that the size field's eleven octal digits hold.
    try bench.write(claiming("77777777777", in: try bench.bytes("data.tar")), to: "data.tar")
    let package = try await bench.package()
    let error = try await refusal(bench, package)
    #expect(error == .tooLarge(package.path, member: "evil", limit: .gibibytes(1)))

    try bench.write(claiming("00077777777", in: try bench.bytes("data.tar")), to: "data.tar")
    let smaller = try await bench.package()
    #expect(try await refusal(bench, smaller) == .truncated(package.path, member: "evil"))
  }

  @Test(arguments: ["data.tar", "data.tar.gz", "data.tar.xz", "data.tar.zst"])
  func cutOffAnywhereItIsNeverTakenForWhole(data: String) async throws {
    let bench = try Workbench()
    try await bench.shell(
      """
      mkdir -p in/out made; awk 'BEGIN { srand(7); while (i++ < 400) print rand() rand() }' > made/evil
      tar -C made -caf \(data) evil
      """)
    let package = try await bench.package(data)
    let whole = try bench.bytes("x.deb")
    for length in stride(from: 0, to: whole.count - 1, by: 97) {
      try bench.write(whole.prefix(length), to: "x.deb")
      #expect(throws: ArchiveError.self, "cut off at \(length) of \(whole.count)") {
        try package.extract(["*"], into: bench.folder.appending("in/out"))
      }
    }
  }

  @Test func damagedAnywhereItIsReadOrRefusedButNeverTraps() async throws {
    let bench = try Workbench()
    try await bench.shell(
      "mkdir -p in/out made; seq 1 900 > made/evil; tar -C made -caf data.tar.xz evil")
    let package = try await bench.package("data.tar.xz")
    let whole = try bench.bytes("x.deb")
    for index in stride(from: 0, to: whole.count, by: 13) {
      var damaged = whole
      damaged[index] ^= 0x5A
      try bench.write(damaged, to: "x.deb")
      _ = try? package.extract(["*"], into: bench.folder.appending("in/out"))
    }
    #expect(
      try await bench.shell("find . -name 'evil*' -not -path './made/*' -not -path './in/*'") == "")
  }

  /// The tar with another size in its first header, and that header's sum put right.
  private func claiming(_ size: String, in tar: [UInt8]) -> [UInt8] {
    var tar = tar
    tar.replaceSubrange(124..<135, with: size.utf8)
    tar.replaceSubrange(148..<156, with: repeatElement(0x20, count: 8))
    let digits = String(tar[..<512].reduce(0) { $0 + Int($1) }, radix: 8)
    let sum = String(repeating: "0", count: 6 - digits.count) + digits + "\0 "
    tar.replaceSubrange(148..<156, with: sum.utf8)
    return tar
  }
}

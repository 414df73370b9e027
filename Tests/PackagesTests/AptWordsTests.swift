import Archives
import Measures
import Testing

@testable import Packages

@Suite struct AptWordsTests {
  @Test func anUpdateNamesTheIndexesThatFailed() {
    let output = """
      Get:1 http://user:secret@mirror.example/debian bookworm InRelease [151 kB]
      Ign:6 http://mirror.example/security bookworm-security/main armhf Packages
      Err:6 http://user:secret@mirror.example/security bookworm-security/main armhf Packages
        File has unexpected size (334084 != 349884). Mirror sync in progress? [IP: 203.0.113.80 80]
        Hashes of expected file:
         - Filesize:349884 [weak]
      Err:7 https://foreign.example/apt stable InRelease
        The following signatures couldn't be verified because the public key is not available: \
      NO_PUBKEY 648ACFD622F3D138 NO_PUBKEY 0E98404D386FA1D9
      Err:8 https://gone.example/apt ./ Packages
        Temporary failure resolving 'gone.example'
      Fetched 8754 kB in 1s (9025 kB/s)
      """
    #expect(
      IndexFailure.list(output) == [
        IndexFailure(name: "bookworm-security/main", failure: .wrongContents),
        IndexFailure(
          name: "stable", failure: .missingKey(["0E98404D386FA1D9", "648ACFD622F3D138"])),
        IndexFailure(name: "./", failure: .noNetwork),
      ])
  }

  @Test(
    arguments: [
      ("E: Failed to fetch http://a/b  Hash Sum mismatch", .wrongContents),
      ("E: Failed to fetch http://a/b  404  Not Found [IP: 203.0.113.1 80]", .notFound),
      ("  Could not connect to a:80 (203.0.113.1), connection timed out", .noNetwork),
      ("  Unable to connect to a:http:", .noNetwork),
      ("E: The repository 'http://a bookworm InRelease' is not signed.", .notSigned),
      ("  The following signatures were invalid: EXPKEYSIG 64 Debian", .badSignature),
      ("E: Release file for http://a/InRelease is not valid yet (1d)", .badSignature),
      (
        "E: write, still have 4 to write but couldn't - write (28: No space left on device)",
        .noSpace
      ),
      ("E: You don't have enough free space in /c/.", .noSpace),
      ("E: Cannot read http://u:p@a/ at all", .other("Cannot read (address) at all")),
    ] as [(String, FetchFailure)])
  func wordsTellTheCause(words: String, cause: FetchFailure) {
    #expect(FetchFailure(words) == cause)
  }

  @Test func readsRecordsWithFoldedFields() throws {
    let hash = String(repeating: "0a", count: 32)
    let records = ControlRecord.list(
      """
      Package: linux-image-armmp
      Version: 6.1.176-1
      Architecture: armhf
      Depends: linux-image-6.1.0-50-armmp (= 6.1.176-1), kmod | module-init-tools (>= 3),
       libc6:any
      Size: 1484
      SHA256: \(hash)

      Package: other
      """)
    #expect(records.count == 2)
    let package = try #require(records.first?.package)
    #expect(package.size == 1484)
    #expect(package.sha256 == hash)
    #expect(
      package.dependencies == [
        Dependency(name: "linux-image-6.1.0-50-armmp", exactVersion: "6.1.176-1"),
        Dependency(name: "kmod"), Dependency(name: "module-init-tools"), Dependency(name: "libc6"),
      ])
  }

  @Test(arguments: ["../../etc/passwd", "", "0A0b", String(repeating: "g", count: 64)])
  func aRecordWithoutAProperHashIsNone(hash: String) {
    let records = ControlRecord.list(
      "Package: ab\nVersion: 1\nArchitecture: all\nSize: 1\nSHA256: \(hash)\n")
    #expect(records.map { $0.package == nil } == [true])
  }
}

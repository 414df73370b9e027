import Archives
import Measures
import SystemPackage
import Testing

/// Single files, packed as kernel modules are.
@Suite struct PackedFileTests {
  private static let text = String(repeating: "a module is not an archive\n", count: 9000)

  private static func packed(by command: String) async throws -> [UInt8] {
    let bench = try Workbench()
    try bench.write(text.utf8, to: "plain")
    try await bench.shell("\(command) <plain >packed")
    return try bench.bytes("packed")
  }

  @Test(arguments: ["gzip", "xz --check=crc32 --lzma2=dict=1MiB", "zstd -q", "bzip2"])
  func comesBack(command: String) async throws {
    let packed = try await Self.packed(by: command)
    let plain = try PackedFile.unpack(packed, named: "m.ko", limit: .mebibytes(1))
    #expect(String(decoding: plain, as: UTF8.self) == Self.text)
  }

  @Test func fewBytesCannotStandForAnyNumber() async throws {
    let packed = try await Self.packed(by: "xz")
    let limit = ByteCount.kibibytes(100)
    #expect(throws: ArchiveError.tooLarge("a/m.ko.xz", member: "m.ko.xz", limit: limit)) {
      try PackedFile.unpack(packed, named: "a/m.ko.xz", limit: limit)
    }
  }

  @Test(arguments: ["gzip", "xz", "zstd -q"])
  func cutOffOnesAreRefused(command: String) async throws {
    let packed = try await Self.packed(by: command)
    for length in [0, 1, 5, packed.count / 2, packed.count - 1] {
      #expect(throws: ArchiveError.self, "\(length) bytes") {
        try PackedFile.unpack(
          Array(packed.prefix(length)), named: "m.ko", limit: .mebibytes(1))
      }
    }
  }

  @Test func plainOnesAreRefused() {
    let plain = Array("\u{7F}ELF and so on".utf8)
    #expect(
      throws: ArchiveError.corrupt("m.ko", member: nil, reason: "it is not packed")
    ) {
      try PackedFile.unpack(plain, named: "m.ko", limit: .mebibytes(1))
    }
  }
}

import Archives
import SystemPackage
import Testing

/// Nothing of a header is lost, and data is lent where it lies.
@Suite struct ArchiveEntryTests {
  @Test func blocksOfASparseFile() async throws {
    let bench = try Workbench()
    try await bench.shell(
      """
      truncate -s 3000000 r; printf head | dd of=r conv=notrunc status=none
      printf tail | dd of=r bs=1 seek=2000000 conv=notrunc status=none; tar --format=pax -Scf r.tar r
      """)
    var reader = try ArchiveReader(bench.folder.appending("r.tar"))
    let entry = try #require(try reader.nextEntry())
    #expect(entry.size == 3_000_000)
    var bytes: [UInt64: UInt8] = [:]
    var total = 0
    func same(_ error: ArchiveError) -> ArchiveError { error }
    try reader.forEachBlock(failing: same) { (block, offset) throws(ArchiveError) in
      block.withUnsafeBytes { block in
        total += block.count
        for (index, byte) in block.enumerated() where byte != 0 {
          bytes[offset + UInt64(index)] = byte
        }
      }
    }
    #expect(bytes.keys.sorted() == Array(0..<4) + Array(2_000_000..<2_000_004))
    #expect(total < 100_000)
    let data = try #require(entry.data)
    #expect(data.reduce(0) { $0 + Int($1.upperBound - $1.lowerBound) } == total)
  }

  @Test func timesAndNames() async throws {
    let bench = try Workbench()
    try await bench.shell(
      """
      printf x > "$(printf 'f\\351')"; touch -d '1999-01-02 03:04:05.678901234' f*
      tar --format=pax --pax-option=delete=atime,delete=ctime -cf r.tar f*
      """)
    var reader = try ArchiveReader(bench.folder.appending("r.tar"))
    let entry = try #require(try reader.nextEntry())
    #expect(entry.path == [0x66, 0xE9])
    #expect(entry.modified.nanoseconds == 678_901_234)
    #expect(entry.accessed == nil)
    #expect(entry.complaint == nil)
  }

  /// A tar without its end is one that was cut between two members.
  @Test func anEndMarkIsMissed() async throws {
    let bench = try Workbench()
    try await bench.shell("printf x > a; tar -cf whole.tar a; head -c 1024 whole.tar > r.tar")
    let path = bench.folder.appending("r.tar")
    #expect(throws: ArchiveError.truncated(path, member: "a")) {
      var reader = try ArchiveReader(path)
      while try reader.next() != nil {}
    }
  }
}

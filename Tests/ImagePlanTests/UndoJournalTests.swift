import Bytes
import ImagePlan
import Measures
import SeededGenerator
import Testing

/// A journal is read back as it was written, or counts for nothing.
@Suite struct UndoJournalTests {
  private struct Old: Equatable {
    let offset: UInt64
    let bytes: [UInt8]
  }

  private static func journal(_ records: [Old], imageSize: ByteCount = .mebibytes(1)) -> [UInt8] {
    var writer = UndoJournalWriter(imageSize: imageSize)
    var bytes = writer.header()
    for record in records { bytes += writer.record(record.bytes, at: record.offset) }
    return bytes + writer.end()
  }

  private static func read(_ bytes: [UInt8]) throws(UndoJournalError) -> (ByteCount, [Old]) {
    let journal = try ReadUndoJournal(BytesInMemory(bytes))
    var records: [Old] = []
    for record in journal.records {
      records.append(Old(offset: record.offset, bytes: try journal.bytes(of: record)))
    }
    return (journal.imageSize, records)
  }

  private static let small = [
    Old(offset: 0, bytes: [1, 2, 3]), Old(offset: 4096, bytes: Array(0..<200)),
    Old(offset: (1 << 20) - 1, bytes: [9]),
  ]

  @Test func whatIsWrittenIsRead() throws {
    let (size, records) = try Self.read(Self.journal(Self.small))
    #expect(size == .mebibytes(1))
    #expect(records == Self.small)
    let (_, none) = try Self.read(Self.journal([]))
    #expect(none == [])
  }

  @Test func randomOnesAreReadAsWritten() throws {
    var random = SeededGenerator(seed: 5)
    for _ in 0..<50 {
      var records: [Old] = []
      var offset: UInt64 = 0
      for _ in 0..<Int.random(in: 0..<8, using: &random) {
        offset += UInt64.random(in: 0..<5000, using: &random)
        let bytes = (0..<Int.random(in: 1..<1000, using: &random)).map { _ in
          UInt8.random(in: 0...255, using: &random)
        }
        records.append(Old(offset: offset, bytes: bytes))
        offset += UInt64(bytes.count)
      }
      let (_, read) = try Self.read(Self.journal(records, imageSize: ByteCount(offset)))
      #expect(read == records)
    }
  }

  @Test func whatIsCutAnywhereIsNone() {
    let whole = Self.journal(Self.small)
    for length in whole.indices {
      #expect(throws: UndoJournalError.self) { try Self.read(Array(whole[..<length])) }
    }
    #expect(throws: UndoJournalError.self) { try Self.read(whole + [0]) }
  }

  @Test func aFlippedBitAnywhereMakesItNone() {
    let whole = Self.journal(Self.small)
    for index in whole.indices {
      for bit in 0..<8 {
        var bytes = whole
        bytes[index] ^= 1 << UInt8(bit)
        #expect(throws: UndoJournalError.self) { try Self.read(bytes) }
      }
    }
  }

  /// Whole records that are left out, doubled or in another order.
  @Test func aRecordTooFewOrTooManyMakesItNone() {
    let whole = Self.journal(Self.small)
    let (header, end) = (24, 16)
    let first = header..<(header + 16 + 3 + 4)
    let second = first.upperBound..<(first.upperBound + 16 + 200 + 4)
    let third = second.upperBound..<(whole.count - end)
    let others: [[Range<Int>]] = [
      [second, third], [first, first, second, third], [second, first, third],
    ]
    for parts in others {
      var bytes = Array(whole[..<header])
      for part in parts { bytes += whole[part] }
      bytes += whole[third.upperBound...]
      #expect(throws: UndoJournalError.self) { try Self.read(bytes) }
    }
  }

  @Test func whatLiesOutsideTheImageMakesItNone() {
    for record in [
      Old(offset: 1 << 20, bytes: [1]), Old(offset: (1 << 20) - 1, bytes: [1, 2]),
      Old(offset: .max, bytes: [1]),
    ] {
      #expect(throws: UndoJournalError.damaged(at: 24)) { try Self.read(Self.journal([record])) }
    }
  }

  @Test func randomBytesAreNone() {
    var random = SeededGenerator(seed: 6)
    let header = Self.journal([])[..<24]
    for _ in 0..<2000 {
      let bytes = (0..<Int.random(in: 0..<100, using: &random)).map { _ in
        UInt8.random(in: 0...255, using: &random)
      }
      #expect(throws: UndoJournalError.self) { try Self.read(bytes) }
      #expect(throws: UndoJournalError.self) { try Self.read(header + bytes) }
    }
  }
}

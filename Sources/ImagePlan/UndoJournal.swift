public import Bytes
public import Measures

/// The old bytes of what is about to change in an image, by which a half-made change is undone.
///
/// ```
///   header   magic 8 │ version 4 │ size of the image 8 │ CRC-32 4
///   record   mark 4 │ length 4 │ offset 8 │ the old bytes … │ CRC-32 4        any number of them
///   end      mark 4 │ records 4 │ CRC-32 of all before 4 │ CRC-32 4
/// ```
/// Numbers are little-endian; each CRC-32 (that of zlib) is over what stands before it in its part.
/// Records go up in offset and lie apart. A journal counts only with its end, with nothing behind that:
/// one that was cut or damaged is none, since half an undoing would be worse than none.
public enum UndoJournal {
  /// Old bytes are kept in pieces of at most so many, in bytes.
  public static let longestRecord = 1 << 20

  static let magic: [UInt8] = Array("CTBTUNDO".utf8)
  static let version: UInt32 = 1
  static let recordMark: UInt32 = 0x4F4C_4421
  static let endMark: UInt32 = 0x444F_4E45
  static let headerSize = 24
  static let recordHead = 16
  static let endSize = 16
}

/// Makes a journal, part by part.
///
///     var journal = UndoJournalWriter(imageSize: size)
///     file.write(journal.header())
///     file.write(journal.record(old, at: offset))   // for each range
///     file.write(journal.end())
public struct UndoJournalWriter: Sendable {
  private let imageSize: ByteCount
  private var count: UInt32 = 0
  private var whole = CRC32()

  public init(imageSize: ByteCount) { self.imageSize = imageSize }

  public mutating func header() -> [UInt8] {
    var bytes = UndoJournal.magic
    bytes.append(littleEndian: UndoJournal.version)
    bytes.append(littleEndian: imageSize.rawValue)
    return finished(bytes)
  }

  /// - Parameter old: at most `UndoJournal.longestRecord` bytes.
  public mutating func record(_ old: [UInt8], at offset: UInt64) -> [UInt8] {
    precondition(!old.isEmpty && old.count <= UndoJournal.longestRecord)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(UndoJournal.recordHead + old.count + 4)
    bytes.append(littleEndian: UndoJournal.recordMark)
    bytes.append(littleEndian: UInt32(old.count))
    bytes.append(littleEndian: offset)
    bytes += old
    count += 1
    return finished(bytes)
  }

  public mutating func end() -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(littleEndian: UndoJournal.endMark)
    bytes.append(littleEndian: count)
    bytes.append(littleEndian: whole.value)
    return finished(bytes)
  }

  private mutating func finished(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    bytes.append(littleEndian: CRC32.checksum(bytes.span.bytes))
    whole.update(bytes.span.bytes)
    return bytes
  }
}

/// A journal that was read to its end and is whole.
public struct ReadUndoJournal: Sendable {
  /// Where old bytes stand, and where they belong.
  public struct Record: Sendable, Hashable {
    /// In the image.
    public let offset: UInt64
    public let length: Int
    /// In the journal.
    let place: UInt64
  }

  private let source: any ByteSource
  /// How large the image was, and is.
  public let imageSize: ByteCount
  /// By offset, apart from each other, all within the image.
  public let records: [Record]

  /// Reads and checks all of it; takes time in proportion to its length, and memory for one record.
  public init(_ source: any ByteSource) throws(UndoJournalError) {
    var reading = Reading(source)
    imageSize = try reading.header()
    var records: [Record] = []
    while let record = try reading.record(in: imageSize, behind: records.last) {
      records.append(record)
    }
    try reading.end(of: records.count)
    self.source = source
    self.records = records
  }

  /// The old bytes of a record. They are checked again, since the file may have changed meanwhile.
  public func bytes(of record: Record) throws(UndoJournalError) -> [UInt8] {
    let (bytes, _) = try Reading.bytes(of: record, in: source)
    return bytes
  }
}

/// Why a journal counts for nothing.
public enum UndoJournalError: Error, Sendable, Hashable {
  /// It ends too early.
  case cut(at: UInt64)
  /// It is none, or of another version.
  case foreign
  /// A checksum or a number in it is wrong.
  case damaged(at: UInt64)
}

/// The parts of a journal, one after the other.
private struct Reading {
  private let source: any ByteSource
  private var place: UInt64 = 0
  private var whole = CRC32()

  init(_ source: any ByteSource) { self.source = source }

  private func peek(_ count: Int) throws(UndoJournalError) -> [UInt8] {
    try Self.read(count, at: place, of: source)
  }

  private static func read(
    _ count: Int, at place: UInt64, of source: any ByteSource
  ) throws(UndoJournalError) -> [UInt8] {
    let bytes = source.read(count, at: place)
    guard bytes.count == count else { throw .cut(at: place + UInt64(bytes.count)) }
    return bytes
  }

  /// Takes in a part whose checksum is right.
  private mutating func take(_ bytes: [UInt8]) throws(UndoJournalError) {
    guard Self.isSound(bytes) else { throw .damaged(at: place) }
    whole.update(bytes.span.bytes)
    place += UInt64(bytes.count)
  }

  private static func isSound(_ bytes: [UInt8]) -> Bool {
    bytes.littleEndianUInt32(at: bytes.count - 4)
      == CRC32.checksum(bytes.span.bytes.extracting(0..<(bytes.count - 4)))
  }

  mutating func header() throws(UndoJournalError) -> ByteCount {
    let bytes = try peek(UndoJournal.headerSize)
    guard bytes.starts(with: UndoJournal.magic),
      bytes.littleEndianUInt32(at: 8) == UndoJournal.version,
      let size = bytes.littleEndianUInt64(at: 12)
    else { throw .foreign }
    try take(bytes)
    return ByteCount(size)
  }

  /// Nil where the end follows.
  mutating func record(
    in image: ByteCount, behind last: ReadUndoJournal.Record?
  ) throws(UndoJournalError) -> ReadUndoJournal.Record? {
    let head = try peek(UndoJournal.recordHead)
    if head.littleEndianUInt32(at: 0) == UndoJournal.endMark { return nil }
    guard head.littleEndianUInt32(at: 0) == UndoJournal.recordMark,
      let length = head.littleEndianUInt32(at: 4), let offset = head.littleEndianUInt64(at: 8),
      length > 0, length <= UInt32(UndoJournal.longestRecord),
      offset >= last.map({ $0.offset + UInt64($0.length) }) ?? 0,
      offset <= image.rawValue, UInt64(length) <= image.rawValue - offset
    else { throw .damaged(at: place) }
    let record = ReadUndoJournal.Record(offset: offset, length: Int(length), place: place)
    let (_, whole) = try Self.bytes(of: record, in: source)
    try take(whole)
    return record
  }

  /// The old bytes, and the whole record.
  static func bytes(
    of record: ReadUndoJournal.Record, in source: any ByteSource
  ) throws(UndoJournalError) -> (old: [UInt8], record: [UInt8]) {
    let (head, length) = (UndoJournal.recordHead, record.length)
    let whole = try read(head + length + 4, at: record.place, of: source)
    guard isSound(whole), whole.littleEndianUInt64(at: 8) == record.offset else {
      throw .damaged(at: record.place)
    }
    return (Array(whole[head..<(head + length)]), whole)
  }

  mutating func end(of count: Int) throws(UndoJournalError) {
    let bytes = try peek(UndoJournal.endSize)
    guard bytes.littleEndianUInt32(at: 4) == UInt32(clamping: count),
      bytes.littleEndianUInt32(at: 8) == whole.value
    else { throw .damaged(at: place) }
    try take(bytes)
    guard place == source.size else { throw .damaged(at: place) }
  }
}

/// Gathers what is written until it is worth a call, and keeps account of it.
///
/// All that goes out are whole blocks; what nobody filled of a block is zero.
struct Ext4Stage {
  private var account: Ext4Account
  /// Bytes that wait, from `start` on, which is the start of a block.
  private var waiting: [UInt8] = []
  private var start: UInt64 = 0
  /// The bytes written, in whole blocks, in the order of writing; neighbours are one range.
  var written: [Range<UInt64>] { account.written }

  /// Calls of a mebibyte: with a quarter of that an image took a fifth longer, with four no less.
  private static let capacity = 1 << 20
  /// Pieces from this size on are not copied first.
  private static let large = 1 << 18

  init(_ output: any Ext4Output, end: UInt64) {
    account = Ext4Account(output: output, end: end)
    waiting.reserveCapacity(Self.capacity + Self.large)
  }

  /// Takes bytes for `offset`. Within one block, offsets only grow.
  mutating func put(_ bytes: RawSpan, at offset: UInt64) throws(Ext4Error) {
    let blockSize = UInt64(Ext4Geometry.blockSize)
    let following = start + UInt64(waiting.count)
    if offset < following || offset / blockSize > (following + blockSize - 1) / blockSize {
      try flush()
    }
    if waiting.isEmpty { start = offset / blockSize * blockSize }
    let gap = Int(offset - start) - waiting.count
    if gap > 0 { waiting.append(contentsOf: repeatElement(0, count: gap)) }
    guard bytes.byteCount >= Self.large else {
      waiting.append(bytes)
      if waiting.count >= Self.capacity { try writeWholeBlocks() }
      return
    }
    // To the next block boundary, then past the buffer, then what is left of the last block.
    let begun = waiting.count % Ext4Geometry.blockSize
    let head = begun == 0 ? 0 : Ext4Geometry.blockSize - begun
    waiting.append(bytes.extracting(0..<head))
    try writeWholeBlocks()
    let whole = (bytes.byteCount - head) / Ext4Geometry.blockSize * Ext4Geometry.blockSize
    try account.write(bytes.extracting(head..<(head + whole)), at: start)
    start += UInt64(whole)
    waiting.append(bytes.extracting((head + whole)..<bytes.byteCount))
  }

  mutating func put(_ bytes: [UInt8], at offset: UInt64) throws(Ext4Error) {
    try put(bytes.span.bytes, at: offset)
  }

  /// Writes what waits, the last block filled with zeroes.
  mutating func flush() throws(Ext4Error) {
    let rest = waiting.count % Ext4Geometry.blockSize
    if rest > 0 {
      waiting.append(contentsOf: repeatElement(0, count: Ext4Geometry.blockSize - rest))
    }
    try writeWholeBlocks()
  }

  /// Takes note of the blocks of a range of bytes that somebody else writes.
  mutating func noteBlocks(of range: Range<UInt64>) {
    let blockSize = UInt64(Ext4Geometry.blockSize)
    let start = range.lowerBound / blockSize * blockSize
    account.note(start..<((range.upperBound + blockSize - 1) / blockSize * blockSize))
  }

  private mutating func writeWholeBlocks() throws(Ext4Error) {
    let whole = waiting.count / Ext4Geometry.blockSize * Ext4Geometry.blockSize
    guard whole > 0 else { return }
    // Taken out, for the account changes while the bytes are lent.
    var bytes: [UInt8] = []
    swap(&bytes, &waiting)
    try account.write(bytes.span.bytes.extracting(0..<whole), at: start)
    swap(&bytes, &waiting)
    waiting.removeFirst(whole)
    start += UInt64(whole)
  }
}

/// An output, and what was written to it.
private struct Ext4Account {
  var output: any Ext4Output
  /// Bytes from here on do not fit: they are not written.
  let end: UInt64
  private(set) var written: [Range<UInt64>] = []

  init(output: any Ext4Output, end: UInt64) {
    self.output = output
    self.end = end
  }

  mutating func note(_ range: Range<UInt64>) {
    if let last = written.last, last.upperBound == range.lowerBound {
      written[written.count - 1] = last.lowerBound..<range.upperBound
    } else if !range.isEmpty {
      written.append(range)
    }
  }

  mutating func write(_ bytes: RawSpan, at offset: UInt64) throws(Ext4Error) {
    guard bytes.byteCount > 0, offset < end else { return }
    let fitting = min(bytes.byteCount, Int(clamping: end - offset))
    try output.write(bytes.extracting(0..<fitting), at: offset)
    note(offset..<(offset + UInt64(fitting)))
  }
}

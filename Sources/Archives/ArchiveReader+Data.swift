public import Measures
public import SystemPackage

extension ArchiveReader {
  /// The current member's data. The size that its header claims is not believed: memory is taken
  /// as the data comes, up to `limit`.
  public mutating func data(limit: ByteCount) throws(ArchiveError) -> [UInt8] {
    var bytes: [UInt8] = []
    try forEachBlock(limit: limit) { block throws(ArchiveError) in
      bytes.append(contentsOf: block)
    }
    return bytes
  }

  /// Writes the current member's data to an open file and returns how much there was.
  /// `target` is the file's name in messages.
  @discardableResult
  public mutating func write(
    to file: FileDescriptor, named target: FilePath, limit: ByteCount
  ) throws(ArchiveError) -> ByteCount {
    var total: UInt64 = 0
    try forEachBlock(limit: limit) { block throws(ArchiveError) in
      do { try file.writeAll(block) } catch {
        throw .cannotWrite(target, error as? Errno ?? .ioError)
      }
      total += UInt64(block.count)
    }
    return ByteCount(total)
  }

  private mutating func forEachBlock(
    limit: ByteCount, _ body: (UnsafeRawBufferPointer) throws(ArchiveError) -> Void
  ) throws(ArchiveError) {
    let buffer = UnsafeMutableRawBufferPointer.allocate(
      byteCount: Self.blockSize, alignment: 16)
    defer { buffer.deallocate() }
    var room = limit.rawValue
    while true {
      let count = try read(into: buffer)
      guard count > 0 else { return }
      guard UInt64(count) <= room else {
        throw .tooLarge(path, member: currentMember, limit: limit)
      }
      room -= UInt64(count)
      try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
  }
}

/// Bytes that are read as they are needed: a disk, a file.
public protocol ByteSource: Sendable {
  /// In bytes.
  var size: UInt64 { get }
  /// As many as are asked for, or as there are.
  func read(_ count: Int, at offset: UInt64) -> [UInt8]
}

/// Bytes in memory.
public struct BytesInMemory: ByteSource {
  private let bytes: [UInt8]

  public init(_ bytes: [UInt8]) { self.bytes = bytes }

  public var size: UInt64 { UInt64(bytes.count) }

  public func read(_ count: Int, at offset: UInt64) -> [UInt8] {
    guard count > 0, offset < size, let start = Int(exactly: offset) else { return [] }
    return Array(bytes[start..<min(bytes.count, start + min(count, bytes.count - start))])
  }
}

/// A part of a source, such as a partition of a disk. What lies past the source's end is not there.
public struct PartOfBytes: ByteSource {
  private let whole: any ByteSource
  private let start: UInt64
  public let size: UInt64

  public init(_ whole: any ByteSource, from start: UInt64, count: UInt64) {
    self.whole = whole
    self.start = min(start, whole.size)
    size = min(count, whole.size - self.start)
  }

  public func read(_ count: Int, at offset: UInt64) -> [UInt8] {
    guard count > 0, offset < size else { return [] }
    let most = Int(clamping: size - offset)
    return whole.read(min(count, most), at: start + offset)
  }
}

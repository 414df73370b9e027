/// Where a volume goes: an image file, a part of one, memory.
///
/// What is never written has to read as zeroes, as in a new file.
public protocol Ext4Output {
  /// - Parameter offset: in bytes from the volume's start, a multiple of 4096; so is the length.
  mutating func write(_ bytes: RawSpan, at offset: UInt64) throws(Ext4Error)
}

/// Nowhere: for finding out how large a volume will be and where everything will lie.
public struct Ext4Nowhere: Ext4Output {
  public init() {}
  public func write(_ bytes: RawSpan, at offset: UInt64) {}
}

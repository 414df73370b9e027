/// A point in time as ext4 keeps it, by the nanosecond.
public struct Ext4Time: Sendable, Hashable, Comparable {
  /// Since 1970-01-01 UTC.
  public let seconds: Int64
  /// 0 to 999,999,999.
  public let nanoseconds: UInt32

  public init(seconds: Int64, nanoseconds: UInt32 = 0) {
    self.seconds = seconds
    self.nanoseconds = nanoseconds
  }

  public static func < (left: Self, right: Self) -> Bool {
    (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
  }

  /// Seconds that are written: 1901-12-13 to 2310-04-03. The format has room for 136 more years, in
  /// which e2fsck sees the times before 1970 that some kernels got wrong.
  static let range: ClosedRange<Int64> = -(1 << 31)...(3 << 32) - (1 << 31) - 1

  /// ```
  ///   word 0: seconds, lowest 32 bits, signed
  ///   word 1: nanoseconds (30 bits) | how many times 2^32 s are added (2 bits)
  /// ```
  /// Source: kernel documentation, ext4, "Inode Timestamps".
  struct Encoded: Hashable {
    var seconds: UInt32
    var extra: UInt32
  }

  var encoded: Encoded? {
    guard Self.range.contains(seconds), nanoseconds < 1_000_000_000 else { return nil }
    let low = Int32(truncatingIfNeeded: seconds)
    let epoch = UInt32(truncatingIfNeeded: (seconds - Int64(low)) >> 32)
    return Encoded(seconds: UInt32(bitPattern: low), extra: nanoseconds << 2 | epoch)
  }

  /// Takes any words; nanoseconds that are none are cut to the last of a second.
  init(_ words: Encoded) {
    seconds = Int64(Int32(bitPattern: words.seconds)) + Int64(words.extra & 3) << 32
    nanoseconds = min(words.extra >> 2, 999_999_999)
  }
}

/// The four times of a file.
public struct Ext4Times: Sendable, Hashable {
  /// Last read: `atime`.
  public var accessed: Ext4Time
  /// Last write: `mtime`.
  public var modified: Ext4Time
  /// Last change of what is known of the file: `ctime`.
  public var changed: Ext4Time
  /// `crtime`
  public var created: Ext4Time

  /// The time of the last write for all that is not given, since archives know no other.
  public init(
    modified: Ext4Time, accessed: Ext4Time? = nil, changed: Ext4Time? = nil,
    created: Ext4Time? = nil
  ) {
    self.modified = modified
    self.accessed = accessed ?? modified
    self.changed = changed ?? modified
    self.created = created ?? modified
  }
}

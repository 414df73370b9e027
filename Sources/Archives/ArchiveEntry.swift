/// One member of an archive with all that its header says, in the archive's own bytes: names may be no
/// text. Nothing in it is to be trusted.
public struct ArchiveEntry: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    case file
    case folder
    case symlink(to: [UInt8])
    /// Another name of a member that stands earlier in the archive. In cpio archives the last name
    /// comes with the content of all.
    case hardlink(to: [UInt8])
    case characterDevice(major: UInt32, minor: UInt32)
    case blockDevice(major: UInt32, minor: UInt32)
    case fifo
    case socket
  }

  /// The name as it is stored, which may begin with `./` or `/`.
  public var path: [UInt8]
  public var kind: Kind
  /// The size that the header claims, in bytes, holes included.
  public var size: UInt64
  /// Where the data of a sparse file stand in it, as ranges of bytes; nil where the whole file is data.
  public var data: [Range<UInt64>]?
  /// Permission bits with set-user-id, set-group-id and sticky: the low twelve bits of `st_mode`.
  public var mode: UInt16
  /// The numeric user and group; names of users are not looked up anywhere.
  public var owner: Int64
  public var group: Int64
  public var modified: Time
  /// Archives seldom know these two.
  public var accessed: Time?
  public var changed: Time?
  /// Extended attributes as they are stored, access control lists not among them.
  public var attributes: [Attribute]
  public var lists: [AccessList]
  /// What libarchive could not make sense of in the header, in its words.
  public var complaint: String?

  /// A point in time: seconds since 1970-01-01 UTC, and nanoseconds from 0 to 999,999,999.
  public struct Time: Sendable, Hashable {
    public var seconds: Int64
    public var nanoseconds: UInt32

    public init(seconds: Int64, nanoseconds: UInt32 = 0) {
      self.seconds = seconds
      self.nanoseconds = nanoseconds
    }
  }

  /// An extended attribute, its name with the namespace: `security.capability`.
  public struct Attribute: Sendable, Hashable {
    public var name: [UInt8]
    public var value: [UInt8]
  }
}

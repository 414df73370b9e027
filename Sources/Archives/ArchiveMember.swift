public import Measures

/// One entry of an archive, as its header describes it.
public struct ArchiveMember: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    case file
    case folder
    case symlink(to: String)
    /// Another name of a member that stands earlier in the archive.
    case hardlink(to: String)
    case characterDevice(major: UInt32, minor: UInt32)
    case blockDevice(major: UInt32, minor: UInt32)
    case fifo
    case socket
  }

  /// The name as it is stored, which may begin with `./` and is not to be trusted.
  public let path: String
  public let kind: Kind
  /// The size the header claims; only reading tells whether it is there.
  public let size: ByteCount
  /// The permission bits with set-uid, set-gid and sticky: the low twelve bits of `st_mode`.
  public let mode: UInt16
  /// The numeric user that owns it.
  public let owner: Int64
  /// The numeric group that owns it.
  public let group: Int64
  /// Last change of the contents, in seconds since 1970.
  public let modified: Int64

  public init(
    path: String, kind: Kind, size: ByteCount, mode: UInt16, owner: Int64 = 0, group: Int64 = 0,
    modified: Int64 = 0
  ) {
    self.path = path
    self.kind = kind
    self.size = size
    self.mode = mode
    self.owner = owner
    self.group = group
    self.modified = modified
  }
}

public import Ext4
public import SystemPackage

/// Where a root file system's content comes from. Several are laid over each other, see `writeRoot`.
public enum RootSource: Sendable, Hashable {
  /// A tar archive (with pax), plain or packed with gzip, bzip2, xz, lzma or zstd; a cpio archive; or a
  /// Debian package, of which the files that it installs are taken.
  ///
  /// All that its headers say is kept: names as bytes, numeric owners, times to the nanosecond, those
  /// of reading and of change where it knows them, permissions, extended attributes, access control
  /// lists, capabilities, links, devices, holes.
  case archive(FilePath)
  /// All that lies below a folder, in the order of the names' bytes.
  ///
  /// Owners are the map's and never the machine's. The time of a file's last change stands for all four
  /// of its times. Whole blocks of zeroes become holes, whether they are on this disk or not. Of
  /// extended attributes those are kept that belong to the file: `user.`, capabilities and access
  /// control lists.
  case folder(FilePath, owners: OwnerMap = OwnerMap())
  /// Single files, in the order given.
  case files([RootFile])
}

/// A single file, folder, link or device that is put into a root.
public struct RootFile: Sendable, Hashable {
  public enum Content: Sendable, Hashable {
    case bytes([UInt8])
    /// A regular file of this machine, of which nothing but the bytes is taken.
    case copy(of: FilePath)
    case special(Ext4Special)
  }

  /// Where it stands, `/etc/hostname`; the slash in front may be left out.
  public var path: [UInt8]
  public var content: Content
  /// The low twelve bits of `st_mode`.
  public var permissions: UInt16
  public var owner: UInt32
  public var group: UInt32
  /// Nil for the volume's time: when a working copy was made is no part of its content.
  public var modified: Ext4Time?

  public init(
    path: [UInt8], _ content: Content, permissions: UInt16, owner: UInt32 = 0, group: UInt32 = 0,
    modified: Ext4Time? = nil
  ) {
    self.path = path
    self.content = content
    self.permissions = permissions
    self.owner = owner
    self.group = group
    self.modified = modified
  }
}

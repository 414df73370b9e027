import Glibc
public import SystemPackage

/// All that lies below a folder, in the order of its names' bytes, whatever order the disk has.
///
/// Names are bytes. Symbolic links are told and not followed. Of the machine nothing is told: no
/// inode numbers, no owners, no times of reading.
public struct FolderTree: Sendable {
  public struct Entry: Sendable, Hashable {
    public enum Kind: Sendable, Hashable {
      case file
      case folder
      case symlink(to: [UInt8])
      /// A further name of the file at an earlier path.
      case hardlink(to: [UInt8])
      case characterDevice(major: UInt32, minor: UInt32)
      case blockDevice(major: UInt32, minor: UInt32)
      case fifo
      case socket
    }

    /// From the folder, names between slashes; empty for the folder itself.
    public let path: [UInt8]
    public let kind: Kind
    /// Of a file, in bytes.
    public let size: UInt64
    /// The low twelve bits of `st_mode`.
    public let mode: UInt16
    /// Last change of the content, in seconds since 1970-01-01 UTC, and nanoseconds on top of them.
    public let seconds: Int64
    public let nanoseconds: UInt32
    /// Extended attributes that belong to the file and not to the machine: `user.`, capabilities and
    /// access control lists; sorted by name.
    public let attributes: [Attribute]
  }

  public struct Attribute: Sendable, Hashable {
    public let name: [UInt8]
    public let value: [UInt8]
  }

  public let folder: FilePath
  /// The folder itself first; each folder before what lies in it.
  public private(set) var entries: [Entry] = []

  public init(_ folder: FilePath) throws(FileError) {
    self.folder = folder
    guard let status = try status(of: folder) else {
      throw .system(.open, folder, .noSuchFileOrDirectory)
    }
    let kind = FileKind(mode: status.st_mode)
    guard kind == .folder else { throw .notFolder(folder, kind) }
    var walk = FolderWalk(folder)
    try walk.visit([], status)
    entries = walk.entries
  }

  /// Where an entry lies on this machine.
  public func path(of entry: Entry) -> FilePath { FolderWalk(folder).path(of: entry.path) }
}

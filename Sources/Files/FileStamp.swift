import Glibc
public import SystemPackage

/// By what a file is known to be the same as before without reading it: Linux gives each change of a
/// file's bytes, owner or permissions a new time of change, which no program can set.
///
/// A change within the same tick of the clock as the one before can share its time: `isSettled` tells
/// whether that is past.
public struct FileStamp: Sendable, Hashable {
  /// Seconds since 1970-01-01 UTC, and nanoseconds on top of them.
  public struct Time: Sendable, Hashable, Comparable {
    public let seconds: Int64
    public let nanoseconds: Int64

    public static func < (left: Self, right: Self) -> Bool {
      (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
    }
  }

  public let kind: FileKind
  public let device: UInt64
  public let inode: UInt64
  public let size: UInt64
  /// The low twelve bits of `st_mode`.
  public let mode: UInt16
  /// How many names it has.
  public let names: UInt64
  public let modified: Time
  public let changed: Time

  init(_ status: stat) {
    kind = FileKind(mode: status.st_mode)
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
    size = UInt64(max(0, status.st_size))
    mode = UInt16(status.st_mode & 0o7777)
    names = UInt64(status.st_nlink)
    modified = Time(status.st_mtim)
    changed = Time(status.st_ctim)
  }

  /// Of what stands under the path; nil where there is nothing.
  ///
  /// - Parameter followingLinks: otherwise the stamp of a symbolic link is its own.
  public static func of(
    _ path: FilePath, followingLinks: Bool = true
  ) throws(FileError) -> FileStamp? {
    if followingLinks { return try status(of: path).map(FileStamp.init) }
    var status = stat()
    do {
      try retrying(.inspect, path) { path.withPlatformString { lstat($0, &status) } }
    } catch .system(_, _, .noSuchFileOrDirectory, _) {
      return nil
    }
    return FileStamp(status)
  }

  /// Numbers that stand for it: the same for the same file without a change.
  public var numbers: [UInt64] {
    [
      device, inode, size, UInt64(bitPattern: modified.seconds),
      UInt64(bitPattern: modified.nanoseconds), UInt64(bitPattern: changed.seconds),
      UInt64(bitPattern: changed.nanoseconds),
    ]
  }

  /// Whether a change from now on would get another time: the clock by which files are stamped moves
  /// every 1 to 10 ms. A time in the future is never settled.
  public var isSettled: Bool {
    var now = timespec()
    guard clock_gettime(CLOCK_REALTIME, &now) == 0 else { return false }
    let past = Int64(now.tv_sec) - changed.seconds
    // Far apart, the nanoseconds do not matter.
    guard (0...1).contains(past) else { return past > 1 }
    return past * 1_000_000_000 + Int64(now.tv_nsec) - changed.nanoseconds > 20_000_000
  }
}

/// The stamps of a folder and of all below it, each with its path from there, in the order of the names'
/// bytes. Symbolic links have their own stamps and are not followed.
public func fileStamps(
  below folder: FilePath, visit: ([UInt8], FileStamp) -> Void
) throws(FileError) {
  try FolderWalk(folder).stamp([], visit: visit)
}

extension FileStamp.Time {
  init(_ time: timespec) {
    seconds = Int64(time.tv_sec)
    nanoseconds = Int64(time.tv_nsec)
  }
}

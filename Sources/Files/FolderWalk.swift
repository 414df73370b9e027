import Glibc
import SystemPackage

/// One walk through a folder.
struct FolderWalk {
  private struct Identity: Hashable {
    let device: UInt64
    let inode: UInt64
  }

  private let root: [UInt8]
  private(set) var entries: [FolderTree.Entry] = []
  /// The first path of files with several names.
  private var first: [Identity: [UInt8]] = [:]

  init(_ folder: FilePath) {
    root = folder.withPlatformString { Array(UnsafeRawBufferPointer(start: $0, count: strlen($0))) }
  }

  func path(of path: [UInt8]) -> FilePath {
    let whole = path.isEmpty ? root : root + [UInt8(ascii: "/")] + path
    return (whole.map { CChar(bitPattern: $0) } + [0]).withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { FilePath(platformString: $0) } ?? ""
    }
  }

  mutating func visit(_ path: [UInt8], _ status: stat) throws(FileError) {
    let place = self.path(of: path)
    let kind = try kind(of: path, at: place, status)
    var attributes: [FolderTree.Attribute] = []
    switch kind {
    case .file, .folder: attributes = try ownAttributes(of: place)
    default: break
    }
    entries.append(
      FolderTree.Entry(
        path: path, kind: kind, size: kind == .file ? UInt64(max(0, status.st_size)) : 0,
        mode: UInt16(status.st_mode & 0o7777),
        seconds: Int64(status.st_mtim.tv_sec), nanoseconds: UInt32(status.st_mtim.tv_nsec),
        attributes: attributes))
    guard kind == .folder else { return }
    for name in try sortedNames(in: place) {
      let inner = path.isEmpty ? name : path + [UInt8(ascii: "/")] + name
      let place = self.path(of: inner)
      var status = stat()
      try retrying(.inspect, place) { place.withPlatformString { lstat($0, &status) } }
      try visit(inner, status)
    }
  }

  /// The stamps of all below a folder, and of itself, in the order of the names' bytes.
  func stamp(
    _ path: [UInt8], visit: ([UInt8], FileStamp) -> Void
  ) throws(FileError) {
    let place = self.path(of: path)
    guard let stamp = try FileStamp.of(place, followingLinks: path.isEmpty) else {
      throw .system(.inspect, place, .noSuchFileOrDirectory)
    }
    visit(path, stamp)
    guard stamp.kind == .folder else { return }
    for name in try sortedNames(in: place) {
      try self.stamp(path.isEmpty ? name : path + [UInt8(ascii: "/")] + name, visit: visit)
    }
  }

  private mutating func kind(
    of path: [UInt8], at place: FilePath, _ status: stat
  ) throws(FileError) -> FolderTree.Entry.Kind {
    let type = status.st_mode & S_IFMT
    if type != S_IFDIR, status.st_nlink > 1 {
      let identity = Identity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
      if let earlier = first[identity] { return .hardlink(to: earlier) }
      first[identity] = path
    }
    switch type {
    case S_IFDIR: return .folder
    case S_IFLNK: return .symlink(to: try target(of: place))
    case S_IFCHR, S_IFBLK:
      let device = UInt64(status.st_rdev)
      let major = UInt32(truncatingIfNeeded: device >> 8 & 0xFFF | device >> 32 & 0xFFFF_F000)
      let minor = UInt32(truncatingIfNeeded: device & 0xFF | device >> 12 & 0xFFFF_FF00)
      return type == S_IFCHR
        ? .characterDevice(major: major, minor: minor) : .blockDevice(major: major, minor: minor)
    case S_IFIFO: return .fifo
    case S_IFSOCK: return .socket
    default: return .file
    }
  }

  private func target(of link: FilePath) throws(FileError) -> [UInt8] {
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = try retrying(.read, link) {
      link.withPlatformString { readlink($0, &buffer, buffer.count) }
    }
    return buffer[..<min(count, buffer.count)].map { UInt8(bitPattern: $0) }
  }

  private func sortedNames(in folder: FilePath) throws(FileError) -> [[UInt8]] {
    try folderEntries(folder).map(\.name).sorted { $0.lexicographicallyPrecedes($1) }
  }
}

import Crypto
import Ext4
import Files
import SystemPackage

/// What a root's sources are, in 32 bytes that are known at once, before anything is read through: for
/// ids of disks and volumes, which `root=PARTUUID=` finds again after a rebuild.
///
/// Of an archive its size counts, its first and last MiB, and six MiB between; of a folder the sorted
/// list of paths, types, permissions, sizes, times and link targets, and the owner map; of single files
/// all that is said of them, and of those that are copied the same as of an archive. Names of archives
/// and folders, inode numbers and the machine's owners do not count: elsewhere it is the same.
///
/// It is no proof of sameness: a byte between the samples can change without it.
public struct RootIdentity: Sendable, Hashable {
  /// A SHA-256.
  public let bytes: [UInt8]

  public init(of layers: [RootSource]) throws(RootError) {
    var digest = Digest()
    for layer in layers {
      switch layer {
      case .archive(let path):
        digest.add("archive")
        try digest.addSamples(of: path)
      case .folder(let path, let owners):
        digest.add("folder")
        let tree: FolderTree
        do { tree = try FolderTree(path) } catch { throw .file(error) }
        for entry in tree.entries {
          let rule = owners.index(for: entry.path)
          digest.add(entry, rule.map { owners.rules[$0].ownership } ?? OwnerMap.Ownership())
        }
      case .files(let files):
        digest.add("files")
        for file in files { try digest.add(file) }
      }
    }
    bytes = digest.finish()
  }
}

/// A hash over fields, each with its length before it, so that none can pass for a part of another.
private struct Digest {
  private var hash = SHA256()

  mutating func add(_ bytes: [UInt8]) {
    add(UInt64(bytes.count))
    hash.update(data: bytes)
  }

  mutating func add(_ text: String) { add(Array(text.utf8)) }

  mutating func add(_ number: UInt64) {
    hash.update(data: (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * UInt64($0))) })
  }

  /// The size of a file, and eight of its MiB, evenly apart.
  mutating func addSamples(of path: FilePath) throws(RootError) {
    let file: FileBytes
    do { file = try FileBytes(path) } catch { throw .file(error) }
    add(file.size)
    let (length, count) = (UInt64(1 << 20), UInt64(8))
    guard file.size > length * count else { return add(file.read(Int(file.size), at: 0)) }
    for index in 0..<count {
      add(file.read(Int(length), at: (file.size - length) / (count - 1) * index))
    }
    add(file.read(Int(length), at: file.size - length))
  }

  mutating func add(_ entry: FolderTree.Entry, _ ownership: OwnerMap.Ownership) {
    add(entry.path)
    add(entry.size)
    add(UInt64(ownership.permissions ?? entry.mode))
    add(UInt64(ownership.owner) << 32 | UInt64(ownership.group))
    add(UInt64(bitPattern: entry.seconds))
    add(UInt64(entry.nanoseconds))
    switch RootMember(entry, ownership).kind {
    case .file: add("file")
    case .hardlink(let target, _):
      add("hardlink")
      add(target)
    case .special(let special): add(special)
    }
    for attribute in entry.attributes {
      add(attribute.name)
      add(attribute.value)
    }
  }

  mutating func add(_ file: RootFile) throws(RootError) {
    add(file.path)
    add(UInt64(file.permissions))
    add(UInt64(file.owner) << 32 | UInt64(file.group))
    add(file.modified.map { UInt64(bitPattern: $0.seconds) } ?? .max)
    add(UInt64(file.modified?.nanoseconds ?? 0))
    switch file.content {
    case .bytes(let bytes):
      add("bytes")
      add(bytes)
    case .copy(let path):
      add("copy")
      try addSamples(of: path)
    case .special(let special): add(special)
    }
  }

  private mutating func add(_ special: Ext4Special) {
    switch special {
    case .folder: add("folder")
    case .symbolicLink(let target):
      add("symlink")
      add(target)
    case .characterDevice(let major, let minor):
      add("character")
      add(device: major, minor)
    case .blockDevice(let major, let minor):
      add("block")
      add(device: major, minor)
    case .fifo: add("fifo")
    case .socket: add("socket")
    }
  }

  private mutating func add(device major: UInt32, _ minor: UInt32) {
    add(UInt64(major) << 32 | UInt64(minor))
  }

  func finish() -> [UInt8] { Array(hash.finalize()) }
}

import Bytes
import Ext4
import FAT

/// A file system that is looked into, whichever it is. What is damaged is not there.
enum VolumeReader: Sendable {
  case fat(FATReader)
  case ext(Ext4Reader)

  /// A name in a folder.
  struct Name: Sendable, Hashable {
    enum Kind: Sendable { case file, folder, other }

    let name: [UInt8]
    let kind: Kind
    /// In bytes; 0 for what is no file.
    let size: UInt64
  }

  /// Nil where no file system that is read lies there.
  init?(_ bytes: any ByteSource) {
    if let reader = try? FATReader(bytes) {
      self = .fat(reader)
    } else if let reader = try? Ext4Reader(bytes) {
      self = .ext(reader)
    } else {
      return nil
    }
  }

  /// What is in a folder, in its order; nil where there is no such folder. Links on the way are
  /// followed, within the volume.
  func list(_ folder: [UInt8]) -> [Name]? {
    switch self {
    case .fat(let reader):
      reader.list(String(decoding: folder, as: UTF8.self)).map { entries in
        entries.map {
          Name(
            name: Array($0.name.utf8), kind: $0.isFolder ? .folder : .file,
            size: UInt64($0.size))
        }
      }
    case .ext(let reader):
      (try? reader.list(folder)).flatMap { $0 }.map { entries in
        entries.map {
          Name(
            name: $0.name,
            kind: $0.isFolder ? .folder : $0.inode.isFile ? .file : .other,
            size: $0.inode.isFile ? $0.size : 0)
        }
      }
    }
  }

  /// As many bytes of a file as are asked for, or as there are; nil where there is no such file.
  func read(_ path: [UInt8], count: UInt64, at offset: UInt64 = 0) -> [UInt8]? {
    switch self {
    case .fat(let reader):
      guard let entry = reader.entry(String(decoding: path, as: UTF8.self)), !entry.isFolder
      else { return nil }
      return reader.read(entry, count: count, at: offset)
    case .ext(let reader):
      guard let inode = try? reader.entry(path), inode.isFile else { return nil }
      return try? reader.read(inode, count: count, at: offset)
    }
  }

  /// Files below a folder with their paths, the folder's own first.
  ///
  /// - Parameters:
  ///   - depth: how many folders deep; those that hold each other would never end.
  ///   - most: after so many files no more are looked for.
  func files(below folder: [UInt8], depth: Int, most: Int) -> [(path: [UInt8], size: UInt64)] {
    var found: [(path: [UInt8], size: UInt64)] = []
    var folders: [(path: [UInt8], depth: Int)] = [(folder, depth)]
    var next = 0
    while next < folders.count, found.count < most {
      let (path, depth) = folders[next]
      next += 1
      for name in list(path) ?? [] where found.count < most {
        let inside = path + [UInt8(ascii: "/")] + name.name
        switch name.kind {
        case .file: found.append((inside, name.size))
        case .folder where depth > 0 && folders.count < most: folders.append((inside, depth - 1))
        case .folder, .other: break
        }
      }
    }
    return found
  }
}

public import Diagnostics

/// Why bytes are no ext2, ext3 or ext4 volume that can be read, or which part of one cannot be.
public enum Ext4ReadError: Error, Sendable, Hashable {
  /// There is no EF53 at offset 1080.
  case noMagic
  /// A measure in the superblock that no volume has.
  case measure(name: String, value: UInt64)
  /// The volume uses features that we cannot read, by the names that e2fsprogs gives them.
  case features([String])
  /// The volume goes on where the bytes end.
  case tooShort(wanted: UInt64, available: UInt64)
  /// What lies at `offset` of the volume makes no sense.
  case damaged(Ext4Damage, offset: UInt64)
  case notRead(Ext4Unread, inode: UInt32)
  /// Symbolic links that lead on and on.
  case tooManyLinks(path: [UInt8])
  /// A file of more bytes than the volume has, by its holes: it is to be read in parts.
  case tooLarge(inode: UInt32, size: UInt64)
}

/// What can be wrong with a part of a volume.
public enum Ext4Damage: Sendable, Hashable {
  case inodeNumber(UInt32)
  case extentNode
  case blockNumber(UInt64)
  case folderEntry
  /// A folder with more blocks than the volume can give it.
  case folderLength
  case linkLength(UInt64)
  case attributes
}

/// What is right and yet not read.
public enum Ext4Unread: Sendable, Hashable {
  /// The content lies in the inode: feature inline_data.
  case inlineData
  case encrypted
  /// The value of an extended attribute lies in an inode of its own: feature ea_inode.
  case attributeInode
}

extension Ext4ReadError: DiagnosticConvertible {
  public var diagnostic: Diagnostic {
    switch self {
    case .noMagic:
      Diagnostic(.error, "there is no ext4 superblock: the bytes at 1080 are not 53 EF")
    case .measure(let name, let value):
      Diagnostic(.error, "the superblock gives \(value) for \(name), which no ext4 volume has")
    case .features(let names):
      Diagnostic(
        .error,
        "the ext4 volume uses what is not read here: \(names.joined(separator: ", "))")
    case .tooShort(let wanted, let available):
      Diagnostic(
        .error, "the ext4 volume goes on to byte \(wanted), and there are only \(available)",
        help: "see whether the image was copied to its end")
    case .damaged(let damage, let offset):
      Diagnostic(
        .error, "the ext4 volume is damaged at byte \(offset): \(damage.words)",
        help: "let `e2fsck -fn` look at it")
    case .notRead(let what, let inode):
      Diagnostic(.error, "inode \(inode) is not read: \(what.words)")
    case .tooManyLinks(let path):
      Diagnostic(
        .error,
        "the symbolic links in \(String(reflecting: String(decoding: path, as: UTF8.self)))"
          + " lead on and on")
    case .tooLarge(let inode, let size):
      Diagnostic(
        .error, "inode \(inode) has \(size) bytes, more than the volume",
        help: "read it in parts")
    }
  }
}

extension Ext4Damage {
  var words: String {
    switch self {
    case .inodeNumber(let number): "there is no inode \(number)"
    case .extentNode: "no node of an extent tree"
    case .blockNumber(let number): "there is no block \(number)"
    case .folderEntry: "no entry of a folder"
    case .folderLength: "the folder is longer than the volume"
    case .linkLength(let length): "a symbolic link has a target of \(length) bytes"
    case .attributes: "no extended attributes"
    }
  }
}

extension Ext4Unread {
  var words: String {
    switch self {
    case .inlineData: "its content lies in the inode (inline_data)"
    case .encrypted: "it is encrypted"
    case .attributeInode: "an attribute's value lies in an inode of its own (ea_inode)"
    }
  }
}

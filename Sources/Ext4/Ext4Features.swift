/// What a volume uses of the format's choices. The bits are those of the superblock.
///
/// Source: kernel documentation, ext4, "The Super Block"; e2fsprogs `lib/ext2fs/ext2_fs.h`.
enum Ext4Features {
  /// A reader may ignore these: `s_feature_compat`.
  enum Compatible {
    static let journal: UInt32 = 0x4
    static let extendedAttributes: UInt32 = 0x8
    static let resizeInode: UInt32 = 0x10
    static let folderIndex: UInt32 = 0x20
  }

  /// A reader that lacks one of these must not read: `s_feature_incompat`.
  struct Incompatible: OptionSet {
    let rawValue: UInt32

    static let compression = Self(rawValue: 0x1)
    static let fileType = Self(rawValue: 0x2)
    static let recovery = Self(rawValue: 0x4)
    static let journalDevice = Self(rawValue: 0x8)
    static let metaGroups = Self(rawValue: 0x10)
    static let extents = Self(rawValue: 0x40)
    static let is64Bit = Self(rawValue: 0x80)
    static let multipleMount = Self(rawValue: 0x100)
    static let flexibleGroups = Self(rawValue: 0x200)
    static let attributeInodes = Self(rawValue: 0x400)
    static let dataInFolders = Self(rawValue: 0x1000)
    static let checksumSeed = Self(rawValue: 0x2000)
    static let largeFolders = Self(rawValue: 0x4000)
    static let inlineData = Self(rawValue: 0x8000)
    static let encryption = Self(rawValue: 0x10000)
    static let caseFolding = Self(rawValue: 0x20000)

    /// What the reader knows how to read, or to refuse file by file.
    static let readable: Self = [
      .fileType, .recovery, .metaGroups, .extents, .is64Bit, .multipleMount, .flexibleGroups,
      .attributeInodes, .checksumSeed, .largeFolders, .inlineData, .encryption, .caseFolding,
    ]

    /// As e2fsprogs calls them.
    static let names: [(Self, String)] = [
      (.compression, "compression"), (.fileType, "filetype"), (.recovery, "needs_recovery"),
      (.journalDevice, "journal_dev"), (.metaGroups, "meta_bg"), (.extents, "extent"),
      (.is64Bit, "64bit"), (.multipleMount, "mmp"), (.flexibleGroups, "flex_bg"),
      (.attributeInodes, "ea_inode"), (.dataInFolders, "dirdata"),
      (.checksumSeed, "metadata_csum_seed"), (.largeFolders, "large_dir"),
      (.inlineData, "inline_data"), (.encryption, "encrypt"), (.caseFolding, "casefold"),
    ]
  }

  /// A reader may read without knowing these, but not write: `s_feature_ro_compat`.
  enum ReadOnlyCompatible {
    static let sparseSuperblocks: UInt32 = 0x1
    static let largeFiles: UInt32 = 0x2
    static let hugeFiles: UInt32 = 0x8
    static let manySubfolders: UInt32 = 0x20
    static let extraInodeSize: UInt32 = 0x40
    static let metadataChecksums: UInt32 = 0x400
  }
}

/// Flags of an inode, `i_flags`.
enum InodeFlags {
  static let encrypted: UInt32 = 0x800
  static let indexed: UInt32 = 0x1000
  static let extents: UInt32 = 0x8_0000
  static let inlineData: UInt32 = 0x1000_0000
}

/// The upper four bits of `i_mode`.
enum InodeType {
  static let mask: UInt16 = 0xF000
  static let fifo: UInt16 = 0x1000
  static let characterDevice: UInt16 = 0x2000
  static let folder: UInt16 = 0x4000
  static let blockDevice: UInt16 = 0x6000
  static let file: UInt16 = 0x8000
  static let symbolicLink: UInt16 = 0xA000
  static let socket: UInt16 = 0xC000

  /// The same in an entry of a folder, `file_type`.
  static func entryType(of mode: UInt16) -> UInt8 {
    switch mode & mask {
    case file: 1
    case folder: 2
    case characterDevice: 3
    case blockDevice: 4
    case fifo: 5
    case socket: 6
    case symbolicLink: 7
    default: 0
    }
  }
}

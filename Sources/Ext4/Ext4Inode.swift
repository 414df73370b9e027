import Bytes

/// A file as the volume knows it.
public struct Ext4Inode: Sendable, Hashable {
  public let number: UInt32
  /// Type and permissions, as `stat` has them.
  public let mode: UInt16
  public let links: UInt16
  public let owner: UInt32
  public let group: UInt32
  /// In bytes; for folders that of their tables.
  public let size: UInt64
  /// Where inodes are too small for a time of creation, that of the last change stands for it.
  public let times: Ext4Times

  let flags: UInt32
  /// 60 bytes: the root of a map of blocks, a device's number or a link's target.
  let root: [UInt8]
  /// Whether blocks besides the one of attributes belong to it.
  let hasBlocks: Bool
  let attributeBlock: UInt64
  /// What lies behind the inode's own fields.
  let tail: [UInt8]
  /// Where it lies, in bytes from the volume's start.
  let offset: UInt64

  public var permissions: UInt16 { mode & 0o7777 }
  public var isFolder: Bool { mode & InodeType.mask == InodeType.folder }
  public var isFile: Bool { mode & InodeType.mask == InodeType.file }
  public var isSymbolicLink: Bool { mode & InodeType.mask == InodeType.symbolicLink }

  /// Of a character or block device.
  public var device: (major: UInt32, minor: UInt32)? {
    let type = mode & InodeType.mask
    guard type == InodeType.characterDevice || type == InodeType.blockDevice,
      let old = root.littleEndianUInt32(at: 0), let new = root.littleEndianUInt32(at: 4)
    else { return nil }
    return old != 0
      ? (old >> 8 & 0xFF, old & 0xFF) : (new >> 8 & 0xFFF, new & 0xFF | new >> 12 & 0xF_FF00)
  }

  /// - Parameter bytes: at least 128.
  init(_ bytes: [UInt8], number: UInt32, offset: UInt64, blockSize: Int) {
    func word(_ offset: Int) -> UInt16 {
      guard offset + 1 < bytes.count else { return 0 }
      return UInt16(bytes[offset]) | UInt16(bytes[offset + 1]) << 8
    }
    func long(_ offset: Int) -> UInt32 { bytes.littleEndianUInt32(at: offset) ?? 0 }
    self.number = number
    self.offset = offset
    mode = word(0)
    links = word(26)
    owner = UInt32(word(2)) | UInt32(word(120)) << 16
    group = UInt32(word(24)) | UInt32(word(122)) << 16
    let above = mode & InodeType.mask == InodeType.file ? UInt64(long(108)) << 32 : 0
    size = UInt64(long(4)) | above
    flags = long(32)
    root = bytes.count >= 100 ? Array(bytes[40..<100]) : .zeroes(60)
    attributeBlock = UInt64(long(104)) | UInt64(word(118)) << 32
    let own = attributeBlock == 0 ? 0 : UInt32(blockSize / 512)
    hasBlocks = long(28) > own
    // How many of the fields behind byte 128 there are.
    let extra = bytes.count > 128 ? Int(word(128)) : 0
    func time(_ seconds: Int, _ finer: Int) -> Ext4Time {
      Ext4Time(
        Ext4Time.Encoded(
          seconds: long(seconds), extra: finer + 4 <= 128 + extra ? long(finer) : 0))
    }
    let changed = time(12, 132)
    times = Ext4Times(
      modified: time(16, 136), accessed: time(8, 140), changed: changed,
      created: extra >= 20 ? time(144, 148) : changed)
    let end = 128 + extra
    tail = bytes.count > 128 && end <= bytes.count ? Array(bytes[end...]) : []
  }
}

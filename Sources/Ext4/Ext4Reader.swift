public import Bytes

/// An ext2, ext3 or ext4 volume that is read: listing, finding and reading files, nothing else.
///
/// Whatever the bytes are, nothing here reads outside of them, and what runs in a circle ends. What a
/// journal holds and was not yet written home is not seen; `needsRecovery` tells. Checksums are not
/// looked at. Source: kernel documentation, ext4.
public struct Ext4Reader: Sendable {
  /// Something in a folder.
  public struct Entry: Sendable, Hashable {
    public let name: [UInt8]
    public let inode: Ext4Inode

    public var isFolder: Bool { inode.isFolder }
    /// In bytes; 0 for a folder.
    public var size: UInt64 { inode.isFolder ? 0 : inode.size }
  }

  /// 16 bytes, in the order in which they are written.
  public let uuid: [UInt8]
  public let label: [UInt8]
  /// In bytes.
  public let blockSize: Int
  public let blockCount: UInt64
  /// By the superblock, which is right where the volume was left in order.
  public let freeBlockCount: UInt64
  /// Whether a journal waits to be played, as after a crash.
  public let needsRecovery: Bool
  /// `ext2`, `ext3` or `ext4`, by what the volume uses.
  public let kind: String

  let source: any ByteSource
  let inodeCount: UInt32
  private let inodesPerGroup: UInt32
  private let blocksPerGroup: UInt64
  private let firstBlock: UInt64
  private let inodeSize: Int
  private let descriptorSize: Int
  /// With `meta_bg`: from which block of descriptors on they lie in the groups they describe.
  private let firstMetaBlock: UInt64?
  private let sparse: Bool

  public init(_ source: any ByteSource) throws(Ext4ReadError) {
    let bytes = source.read(Superblock.size, at: 1024)
    guard bytes.count == Superblock.size,
      UInt16(bytes[0x38]) | UInt16(bytes[0x39]) << 8 == Superblock.magic
    else { throw .noMagic }
    func word(_ offset: Int) -> UInt16 { UInt16(bytes[offset]) | UInt16(bytes[offset + 1]) << 8 }
    func long(_ offset: Int) -> UInt32 { bytes.littleEndianUInt32(at: offset) ?? 0 }
    func sound<T: BinaryInteger>(
      _ name: String, _ value: T, _ isSound: Bool
    ) throws(Ext4ReadError) -> T {
      guard isSound else { throw .measure(name: name, value: UInt64(clamping: value)) }
      return value
    }
    let isOld = long(0x4C) == 0
    let incompatible = isOld ? [] : Ext4Features.Incompatible(rawValue: long(0x60))
    let unknown = incompatible.subtracting(.readable)
    guard unknown.isEmpty else { throw .features(unknown.words) }

    let shift = try sound("the block size", long(0x18), long(0x18) <= 6)
    blockSize = 1024 << Int(shift)
    let above = incompatible.contains(.is64Bit) ? UInt64(long(0x150)) << 32 : 0
    let blocks = UInt64(long(0x04)) | above
    firstBlock = UInt64(long(0x14))
    blockCount = try sound("blocks in all", blocks, blocks > firstBlock && blocks < 1 << 44)
    let freeAbove = incompatible.contains(.is64Bit) ? UInt64(long(0x158)) << 32 : 0
    freeBlockCount = min(UInt64(long(0x0C)) | freeAbove, blocks)
    // With clusters there are more of them than a bitmap has bits.
    blocksPerGroup = UInt64(try sound("blocks per group", long(0x20), long(0x20) > 0))
    inodesPerGroup = try sound(
      "inodes per group", long(0x28), long(0x28) > 0 && long(0x28) <= blockSize * 8)
    inodeCount = long(0x00)
    let size = isOld ? 128 : Int(word(0x58))
    inodeSize = try sound(
      "the inode size", size, size >= 128 && size <= blockSize && size & (size - 1) == 0)
    let described = Int(word(0xFE))
    descriptorSize =
      incompatible.contains(.is64Bit)
      ? try sound(
        "the descriptor size", described,
        described >= 64 && described <= 1024 && described & (described - 1) == 0) : 32
    firstMetaBlock = incompatible.contains(.metaGroups) ? UInt64(long(0x104)) : nil
    sparse = !isOld && long(0x64) & Ext4Features.ReadOnlyCompatible.sparseSuperblocks != 0
    needsRecovery = incompatible.contains(.recovery)
    uuid = Array(bytes[0x68..<0x78])
    label = Array(bytes[0x78..<0x88].prefix { $0 != 0 })
    let hasJournal = long(0x5C) & Ext4Features.Compatible.journal != 0
    let isNew =
      !incompatible.isDisjoint(with: [.extents, .is64Bit, .flexibleGroups, .inlineData])
      || long(0x64) & Ext4Features.ReadOnlyCompatible.metadataChecksums != 0
    kind = isNew ? "ext4" : hasJournal ? "ext3" : "ext2"
    self.source = source
  }

  /// An inode by its number, which counts from 1.
  public func inode(_ number: UInt32) throws(Ext4ReadError) -> Ext4Inode {
    guard number > 0, number <= inodeCount else {
      throw .damaged(.inodeNumber(number), offset: 1024)
    }
    let group = UInt64((number - 1) / inodesPerGroup)
    guard group <= (blockCount - firstBlock) / blocksPerGroup else {
      throw .damaged(.inodeNumber(number), offset: 1024)
    }
    let place = descriptorOffset(group)
    let descriptor = try bytes(descriptorSize, at: place)
    var table = UInt64(descriptor.littleEndianUInt32(at: 8) ?? 0)
    if descriptorSize >= 64 {
      table |= UInt64(descriptor.littleEndianUInt32(at: 40) ?? 0) << 32
    }
    guard table > 0, table < blockCount else { throw .damaged(.blockNumber(table), offset: place) }
    let offset =
      table * UInt64(blockSize) + UInt64((number - 1) % inodesPerGroup) * UInt64(inodeSize)
    return Ext4Inode(
      try bytes(inodeSize, at: offset), number: number, offset: offset, blockSize: blockSize)
  }

  /// Where a group's descriptor lies. Block numbers have 44 bits and blocks 16, so that nothing here
  /// overflows.
  private func descriptorOffset(_ group: UInt64) -> UInt64 {
    let perBlock = UInt64(blockSize / descriptorSize)
    let block = group / perBlock
    let within = group % perBlock * UInt64(descriptorSize)
    // The block that holds byte 1024. Where blocks have 1 KiB the groups begin with it, but with
    // clusters they begin with block 0 all the same.
    let superblock = UInt64(1024 / blockSize)
    guard let first = firstMetaBlock, block >= first else {
      return (superblock + 1 + block) * UInt64(blockSize) + within
    }
    let holder = block * perBlock
    let hasHead = !sparse || Ext4Geometry.hasHead(Int(clamping: holder))
    let start = holder == 0 ? superblock : firstBlock + holder * blocksPerGroup
    return (start + (hasHead ? 1 : 0)) * UInt64(blockSize) + within
  }

  /// Exactly so many bytes.
  func bytes(_ count: Int, at offset: UInt64) throws(Ext4ReadError) -> [UInt8] {
    let bytes = source.read(count, at: offset)
    guard bytes.count == count else {
      throw .tooShort(wanted: offset &+ UInt64(count), available: source.size)
    }
    return bytes
  }
}

extension Ext4Features.Incompatible {
  fileprivate var words: [String] {
    var rest = self
    var words: [String] = []
    for (feature, name) in Self.names where contains(feature) {
      words.append(name)
      rest.subtract(feature)
    }
    if !rest.isEmpty { words.append("0x" + String(rest.rawValue, radix: 16)) }
    return words
  }
}

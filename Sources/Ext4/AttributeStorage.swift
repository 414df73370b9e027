import Measures

/// The extended attributes of one file as they are kept: in the inode as long as there is room, the
/// others in a block.
///
/// ```
///   inode, from byte 160:  magic (4) | entry | entry | 0 (4) | … | value | value
///   block:  header (32)              | entry | entry | 0 (4) | … | value | value
///
///   entry:  name length (1) | namespace (1) | value's offset (2) | 0 (4) | value's length (4)
///           | hash (4, in blocks) | name, filled to four bytes
/// ```
/// Little-endian. An offset counts from the first entry in an inode, from the start in a block.
/// Source: kernel documentation, ext4, "Extended Attributes"; e2fsprogs `lib/ext2fs/ext_attr.c`.
struct AttributeStorage {
  /// What an inode of 256 bytes has room for behind its own fields.
  static let inodeRoom = Ext4Geometry.inodeSize - InodeRecord.extraEnd
  static let magic: UInt32 = 0xEA02_0000
  static let headerSize = 32

  /// `inodeRoom` bytes, or none.
  private(set) var inInode: [UInt8] = []
  /// One block, its checksum not yet filled in, or none.
  private(set) var inBlock: [UInt8] = []

  private struct Item {
    let name: AttributeName
    let value: [UInt8]

    var entrySize: Int { (16 + name.rest.count + 3) & ~3 }
    var size: Int { entrySize + ((value.count + 3) & ~3) }
  }

  init(_ attributes: [Ext4ExtendedAttribute], of path: [UInt8]) throws(Ext4Error) {
    if attributes.isEmpty { return }
    var items: [Item] = []
    var known: Set<AttributeName> = []
    for attribute in attributes {
      func fault(_ fault: Ext4AttributeFault) -> Ext4Error {
        .attribute(path, name: attribute.name, fault: fault)
      }
      let name: AttributeName
      do { name = try AttributeName(attribute.name) } catch { throw fault(error.fault) }
      guard known.insert(name).inserted else { throw fault(.twice) }
      guard let value = name.isList ? AccessControlList.stored(attribute.value) : attribute.value
      else { throw fault(.list) }
      guard value.count <= Ext4Geometry.blockSize else { throw fault(.tooLarge) }
      items.append(Item(name: name, value: value))
    }
    // The order that a block demands, and that makes the bytes the same for any order given.
    items.sort {
      if $0.name.index != $1.name.index { return $0.name.index < $1.name.index }
      if $0.name.rest.count != $1.name.rest.count {
        return $0.name.rest.count < $1.name.rest.count
      }
      return $0.name.rest.lexicographicallyPrecedes($1.name.rest)
    }
    var inner: [Item] = []
    var outer: [Item] = []
    // Four bytes end the entries.
    var room = Self.inodeRoom - 4 - 4
    for item in items {
      if item.size <= room {
        room -= item.size
        inner.append(item)
      } else {
        outer.append(item)
      }
    }
    let outerSize = outer.reduce(Self.headerSize + 4) { $0 + $1.size }
    guard outerSize <= Ext4Geometry.blockSize else {
      throw .attributesTooLarge(path, size: .init(UInt64(outerSize)))
    }
    if !inner.isEmpty { inInode = Self.inodePart(inner) }
    if !outer.isEmpty { inBlock = Self.block(outer) }
  }

  private static func inodePart(_ items: [Item]) -> [UInt8] {
    var bytes = [UInt8].zeroes(inodeRoom)
    bytes.place(magic, at: 0)
    put(items, into: &bytes, at: 4, base: 4, hashes: [])
    return bytes
  }

  private static func block(_ items: [Item]) -> [UInt8] {
    var bytes = [UInt8].zeroes(Ext4Geometry.blockSize)
    let hashes = items.map(hash)
    bytes.place(magic, at: 0)
    bytes.place(UInt32(1), at: 4)  // files that use the block
    bytes.place(UInt32(1), at: 8)  // blocks
    bytes.place(hashes.reduce(UInt32(0)) { ($0 << 16) ^ ($0 >> 16) ^ $1 }, at: 12)
    put(items, into: &bytes, at: headerSize, base: 0, hashes: hashes)
    return bytes
  }

  private static func put(
    _ items: [Item], into bytes: inout [UInt8], at start: Int, base: Int, hashes: [UInt32]
  ) {
    var entry = start
    var end = bytes.count
    for (index, item) in items.enumerated() {
      if !item.value.isEmpty {
        end -= (item.value.count + 3) & ~3
        bytes.place(item.value, at: end)
      }
      bytes[entry] = UInt8(item.name.rest.count)
      bytes[entry + 1] = item.name.index
      bytes.place(item.value.isEmpty ? UInt16(0) : UInt16(end - base), at: entry + 2)
      bytes.place(UInt32(item.value.count), at: entry + 8)
      bytes.place(hashes.isEmpty ? UInt32(0) : hashes[index], at: entry + 12)
      bytes.place(item.name.rest, at: entry + 16)
      entry += item.entrySize
    }
  }

  /// Over the name's bytes, then over the value's words, as `ext2fs_ext_attr_hash_entry` does.
  private static func hash(_ item: Item) -> UInt32 {
    var hash = item.name.rest.reduce(UInt32(0)) { ($0 << 5) ^ ($0 >> 27) ^ UInt32($1) }
    for start in stride(from: 0, to: item.value.count, by: 4) {
      var word: UInt32 = 0
      for index in 0..<4 where start + index < item.value.count {
        word |= UInt32(item.value[start + index]) << UInt32(8 * index)
      }
      hash = (hash << 16) ^ (hash >> 16) ^ word
    }
    return hash
  }

  /// The block as it lies at `number`, with its checksum.
  static func sealed(_ block: [UInt8], number: UInt32, seed: UInt32) -> [UInt8] {
    var block = block
    var crc = CRC32C(seed: seed)
    crc.update(littleEndian: number)
    crc.update(littleEndian: 0)
    crc.update(block)
    block.place(crc.value, at: 16)
    return block
  }
}

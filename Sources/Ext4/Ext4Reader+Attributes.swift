import Bytes

extension Ext4Reader {
  /// The extended attributes of a file, as `getxattr` has them, by their names' bytes.
  public func attributes(
    of inode: Ext4Inode
  ) throws(Ext4ReadError) -> [Ext4ExtendedAttribute] {
    var found: [Ext4ExtendedAttribute] = []
    if inode.tail.littleEndianUInt32(at: 0) == AttributeStorage.magic {
      try parse(inode.tail, from: 4, base: 4, inode: inode, offset: inode.offset, into: &found)
    }
    if inode.attributeBlock != 0 {
      let offset = inode.attributeBlock &* UInt64(blockSize)
      guard inode.attributeBlock < blockCount else {
        throw .damaged(.blockNumber(inode.attributeBlock), offset: inode.offset)
      }
      let block = try bytes(blockSize, at: offset)
      guard block.littleEndianUInt32(at: 0) == AttributeStorage.magic else {
        throw .damaged(.attributes, offset: offset)
      }
      try parse(
        block, from: AttributeStorage.headerSize, base: 0, inode: inode, offset: offset,
        into: &found)
    }
    return found.sorted { $0.name.lexicographicallyPrecedes($1.name) }
  }

  /// - Parameter base: from where offsets of values count.
  private func parse(
    _ bytes: [UInt8], from start: Int, base: Int, inode: Ext4Inode, offset: UInt64,
    into found: inout [Ext4ExtendedAttribute]
  ) throws(Ext4ReadError) {
    let damage = Ext4ReadError.damaged(.attributes, offset: offset)
    var entry = start
    // Four zero bytes end the list; so does the end of the bytes.
    while entry + 16 <= bytes.count, bytes[entry..<(entry + 4)].contains(where: { $0 != 0 }) {
      let length = Int(bytes[entry])
      let index = bytes[entry + 1]
      let place = base + (Int(bytes[entry + 2]) | Int(bytes[entry + 3]) << 8)
      let size = Int(bytes.littleEndianUInt32(at: entry + 8) ?? 0)
      guard entry + 16 + length <= bytes.count else { throw damage }
      guard bytes.littleEndianUInt32(at: entry + 4) == 0 else {
        throw .notRead(.attributeInode, inode: inode.number)
      }
      guard size == 0 || place <= bytes.count && size <= bytes.count - place else { throw damage }
      let name = AttributeName(
        index: index, rest: Array(bytes[(entry + 16)..<(entry + 16 + length)]))
      let value = size == 0 ? [] : Array(bytes[place..<(place + size)])
      // A namespace that nobody knows is passed over, as the kernel does.
      if let full = name.full {
        guard let shown = name.isList ? AccessControlList.shown(value) : value else {
          throw damage
        }
        found.append(Ext4ExtendedAttribute(name: full, value: shown))
      }
      entry += (16 + length + 3) & ~3
    }
  }
}

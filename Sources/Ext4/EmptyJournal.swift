/// The first block of a journal that holds nothing; the others are zero.
///
/// Big-endian, unlike all else. Its UUID stays zero: one that is set means a journal elsewhere.
/// Source: kernel documentation, ext4, "Journal (jbd2)", "Super Block".
enum EmptyJournal {
  static func superblock(blocks: Int) -> [UInt8] {
    var bytes = [UInt8].zeroes(Ext4Geometry.blockSize)
    bytes.place(bigEndian: 0xC03B_3998, at: 0x00)
    bytes.place(bigEndian: 4, at: 0x04)  // a superblock, version 2
    bytes.place(bigEndian: UInt32(Ext4Geometry.blockSize), at: 0x0C)
    bytes.place(bigEndian: UInt32(blocks), at: 0x10)
    bytes.place(bigEndian: 1, at: 0x14)  // the first block of the log
    bytes.place(bigEndian: 1, at: 0x18)  // the first transaction to come
    bytes.place(bigEndian: 1, at: 0x40)  // file systems that use it
    return bytes
  }
}

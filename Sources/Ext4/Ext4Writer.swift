import Bytes
import Measures

/// Makes an ext4 volume while its content arrives, say from an archive.
///
/// A file's bytes go to their final place at once; what is known of the files is kept, and follows
/// when all have come. The superblock is written last: what was begun and not finished is no volume.
///
/// ```
///   super | descriptors | file, file, file …            | folders | journal | tables
///           at the end    as they come, from the start    at the end
/// ```
///
///     var writer = try Ext4Writer(options, to: output)
///     try writer.add(.folder, at: path, attributes)
///     try writer.addFile(path, size: size, attributes)
///     try writer.write(bytes, at: 0)
///     let layout = try writer.finish()
///
/// Folders that nobody described are made, with the volume's time, root's, 755.
public struct Ext4Writer: ~Copyable {
  static let rootFolder: UInt32 = 2
  static let resizeInode: UInt32 = 7
  static let journalInode: UInt32 = 8
  static let lostAndFound: UInt32 = 11
  static let mostLinks: UInt32 = 65000

  let options: Ext4Options
  let geometry: Ext4Geometry
  /// In blocks, where the size is fixed; else the most there may be.
  let limit: Int
  /// The seed of all checksums.
  let seed: UInt32

  var stage: Ext4Stage
  var cursor: BlockCursor
  var table = NameTable()
  /// By inode number less 1.
  var inodes: [InodeRecord]
  /// Numbers that were given back.
  var freeInodes: [UInt32] = []
  /// The parts of attributes that lie in inodes; the first stands for none.
  var attributePieces: [[UInt8]] = [[]]
  var open: OpenFile?
  /// The blocks of files whose inode cannot name them all, for the case that they are removed.
  var runsOfLargeFiles: [UInt32: [Range<Int>]] = [:]
  /// The folder of the path before, since files of one folder come together.
  var lastFolder: (path: [UInt8], inode: UInt32) = ([], Ext4Writer.rootFolder)

  public init(_ options: Ext4Options, to output: any Ext4Output) throws(Ext4Error) {
    try options.check()
    let shape = try options.shape()
    inodes = try Self.firstInodes(options.time)
    self.options = options
    geometry = shape.geometry
    limit = shape.limit
    var crc = CRC32C()
    crc.update(options.uuid)
    seed = crc.value
    stage = Ext4Stage(output, end: UInt64(limit) * UInt64(Ext4Geometry.blockSize))
    cursor = BlockCursor(geometry)
    table.set(Array("lost+found".utf8).span.bytes, in: Self.rootFolder, inode: Self.lostAndFound)
  }

  /// The reserved inodes, the root and `lost+found` among them.
  private static func firstInodes(_ time: Ext4Time) throws(Ext4Error) -> [InodeRecord] {
    var inodes = [InodeRecord](repeating: InodeRecord(), count: Int(lostAndFound))
    for number in [rootFolder, lostAndFound] {
      try inodes[number].setTimes(Ext4Times(modified: time), of: [])
      inodes[number].mode = InodeType.folder | (number == rootFolder ? 0o755 : 0o700)
      inodes[number].links = number == rootFolder ? 3 : 2
      inodes[number].parent = rootFolder
    }
    return inodes
  }

  /// Whether more has come than a volume of fixed size holds. Nothing is written past its end;
  /// `finish` will tell how much is missing.
  public var isFull: Bool { cursor.next > limit }
}

extension [InodeRecord] {
  /// By inode number, which counts from 1.
  subscript(number: UInt32) -> InodeRecord {
    get { self[Int(number) - 1] }
    set { self[Int(number) - 1] = newValue }
    _modify { yield &self[Int(number) - 1] }
  }
}

extension Ext4Options {
  /// Refuses what no volume can be made with.
  func check() throws(Ext4Error) {
    guard uuid.count == 16 else { throw .option("UUID", value: uuid.hexadecimalWords) }
    guard hashSeed.count == 16 else { throw .option("hash seed", value: hashSeed.hexadecimalWords) }
    guard label.count <= 16, !label.contains(0) else {
      throw .option("label", value: String(reflecting: String(decoding: label, as: UTF8.self)))
    }
    guard time.encoded != nil, time.seconds >= 0 else {
      throw .option("time", value: "\(time.seconds) s")
    }
    guard (0...50).contains(reserve) else { throw .option("reserve", value: "\(reserve) %") }
    if let inodes, !(0...Int(UInt32.max) / 2).contains(inodes) {
      throw .option("number of inodes", value: "\(inodes)")
    }
    if case .size(let size) = journal, !(4 << 20...1 << 40).contains(size.rawValue) {
      throw .option("journal size", value: size.description)
    }
  }

  /// The geometry that follows, and the most blocks there may be.
  func shape() throws(Ext4Error) -> (geometry: Ext4Geometry, limit: Int) {
    let asked: ByteCount
    switch size {
    case .fixed(let size): asked = size
    case .content(_, let most): asked = most
    }
    let blocks = Int(clamping: asked.rawValue / UInt64(Ext4Geometry.blockSize))
    guard (64...Ext4Geometry.mostBlocks).contains(blocks) else { throw .size(asked) }
    var room = Ext4Geometry.descriptorBlocks(blocks)
    if let growth {
      let most = Int(clamping: growth.rawValue / UInt64(Ext4Geometry.blockSize))
      guard most <= Ext4Geometry.mostBlocks else { throw .size(growth) }
      // A volume of unknown size is planned for what it may become, not for its limit.
      let wanted = Ext4Geometry.descriptorBlocks(most)
      if case .fixed = size { room = max(room, wanted) } else { room = max(1, wanted) }
    }
    let geometry = Ext4Geometry(descriptorRoom: room, ownsRoom: growth != nil)
    // Descriptors must find room.
    let most = min(blocks, room * Ext4Geometry.descriptorsPerBlock * Ext4Geometry.blocksPerGroup)
    return (geometry, geometry.sensible(most, growing: false))
  }
}

extension [UInt8] {
  fileprivate var hexadecimalWords: String { isEmpty ? "nothing" : hexadecimal }
}

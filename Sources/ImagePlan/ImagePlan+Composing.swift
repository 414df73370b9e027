import Bytes
import FAT
import Measures
import Partitions

extension ImagePlan {
  /// Where the first partition starts. U-Boot's own layout leaves it everything before.
  static let firstPartition = ByteCount.mebibytes(1)
  static let sectorSize: UInt64 = 512
  /// What partitions are cut to, so that sizes stay round.
  static let alignment = ByteCount.mebibytes(1)
  /// Where a root partition may start: no card erases larger pieces, and one that is shared with the
  /// boot partition would be written twice.
  static let rootAlignment = ByteCount.mebibytes(4)

  /// Lays the card out, or says what does not fit.
  public init(_ card: CardLayout) throws(ImagePlanError) {
    let start = Self.firstPartition.rawValue
    let length = try Self.bootPartitionLength(card)
    let root = try Self.root(card, behind: start + length)
    let size = try Self.imageSize(card, needed: root.map { $0.offset + $0.size } ?? start + length)
    let identity = DiskIdentity(digest: card.identity)

    var pieces: [Piece] = []
    var regions = [Region(name: "partition table", offset: 0, size: ByteCount(Self.sectorSize))]
    if let bootloader = card.bootloader {
      guard bootloader.offset >= Self.sectorSize else {
        throw .bootloaderCoversTable(
          bootloader: ByteCount(bootloader.bytes.count), offset: bootloader.offset)
      }
      let end = bootloader.offset.addingReportingOverflow(UInt64(bootloader.bytes.count))
      guard !end.overflow, end.partialValue <= start else {
        throw .bootloaderReachesPartition(
          bootloader: ByteCount(bootloader.bytes.count), offset: bootloader.offset,
          partition: start)
      }
      pieces.append(Piece(offset: bootloader.offset, bytes: bootloader.bytes))
      regions.append(
        Region(
          name: "bootloader", offset: bootloader.offset,
          size: ByteCount(bootloader.bytes.count)))
    }
    regions.append(
      Region(name: "boot partition (FAT)", offset: start, size: ByteCount(length)))
    let boot = try Self.bootPartition(
      card, start: start, length: length, volumeID: identity.volumeID)
    pieces += boot.pieces
    zeroes = boot.zeroes
    if let root, root.size > 0 {
      regions.append(
        Region(name: "root partition (ext4)", offset: root.offset, size: ByteCount(root.size)))
    }
    func partition(
      _ number: Int, _ offset: UInt64, _ size: UInt64, _ type: PartitionType
    ) -> Partition {
      Partition(
        number: number, offset: offset, size: ByteCount(size), type: type,
        isBootable: number == 1, uuid: identity.partitionUUID(number))
    }
    var partitions = [partition(1, start, length, card.bootKind.partitionType)]
    if let root, root.size > 0 {
      partitions.append(
        partition(CardLayout.RootPartition.number, root.offset, root.size, .linux))
    }
    pieces.append(
      Piece(offset: 0, bytes: try Self.partitionTable(partitions, identity.diskSignature)))

    self.partitions = partitions
    self.size = size
    self.pieces = pieces.sorted { $0.offset < $1.offset }
    self.regions = regions
    self.diskSignature = identity.diskSignature
    self.rootOffset = root?.offset
  }

  /// Where the root partition lies; of no size where that is not known yet.
  private static func root(
    _ card: CardLayout, behind end: UInt64
  ) throws(ImagePlanError) -> (offset: UInt64, size: UInt64)? {
    guard let root = card.root else { return nil }
    let unit = rootAlignment.rawValue
    let offset = (end + unit - 1) / unit * unit
    let size = root.size?.rawValue ?? 0
    guard size % alignment.rawValue == 0, size < UInt64(UInt32.max) * sectorSize - offset else {
      throw .oddPartitionSize(ByteCount(size), multiple: alignment)
    }
    return (offset, size)
  }

  /// The FAT volume's structures and the files' bytes, at their places on the card.
  private static func bootPartition(
    _ card: CardLayout, start: UInt64, length: UInt64, volumeID: UInt32
  ) throws(ImagePlanError) -> (pieces: [Piece], zeroes: [Range<UInt64>]) {
    let volume = FATVolume(
      label: "BOOT", volumeID: volumeID, size: ByteCount(length), kind: card.bootKind,
      modified: FATTimestamp(secondsSince1970: card.modified),
      hiddenSectors: UInt32(start / sectorSize),
      entries: card.bootFiles.map {
        FATEntry.file($0.path, size: ByteCount($0.bytes.count))
      })
    let layout: FATLayout
    do { layout = try volume.layout() } catch { throw .bootPartition(error) }
    var pieces = layout.metadata.map { Piece(offset: start + $0.offset, bytes: $0.bytes) }
    for file in card.bootFiles where !file.bytes.isEmpty {
      guard let offset = layout.offset(of: file.path) else { continue }
      pieces.append(Piece(offset: start + offset, bytes: file.bytes))
    }
    let zeroes = layout.zeroes.map { start + $0.offset..<start + $0.offset + $0.length }
    return (pieces, zeroes)
  }

  private static func partitionTable(
    _ partitions: [Partition], _ signature: UInt32
  ) throws(ImagePlanError) -> [UInt8] {
    let record = MasterBootRecord(
      diskSignature: signature,
      partitions: partitions.map {
        Partitions.Partition(
          type: $0.type, bootable: $0.isBootable, firstSector: UInt32($0.offset / sectorSize),
          sectorCount: UInt32($0.size.rawValue / sectorSize))
      })
    do { return try record.encoded() } catch { throw .partitionTable(error) }
  }

  /// A multiple of the alignment that an MBR can still address.
  private static func bootPartitionLength(_ card: CardLayout) throws(ImagePlanError) -> UInt64 {
    let length = card.bootSize.rawValue / alignment.rawValue * alignment.rawValue
    guard length > 0, length == card.bootSize.rawValue else {
      throw .oddPartitionSize(card.bootSize, multiple: alignment)
    }
    guard length < UInt64(UInt32.max) * sectorSize - firstPartition.rawValue else {
      throw .oddPartitionSize(card.bootSize, multiple: alignment)
    }
    return length
  }

  private static func imageSize(
    _ card: CardLayout, needed: UInt64
  ) throws(ImagePlanError) -> ByteCount {
    let needed = card.powerOfTwo ? powerOfTwo(from: needed) : needed
    guard let asked = card.imageSize?.rawValue else { return ByteCount(needed) }
    guard asked >= needed else {
      throw .imageTooSmall(asked: ByteCount(asked), needed: ByteCount(needed))
    }
    guard asked % sectorSize == 0, !card.powerOfTwo || asked.nonzeroBitCount == 1 else {
      throw .oddImageSize(ByteCount(asked), powerOfTwo: card.powerOfTwo)
    }
    return ByteCount(asked)
  }

  private static func powerOfTwo(from needed: UInt64) -> UInt64 {
    needed.nonzeroBitCount == 1 ? needed : 1 << UInt64(64 - needed.leadingZeroBitCount)
  }
}

extension FATKind {
  fileprivate var partitionType: PartitionType {
    switch self {
    case .fat12: .fat12
    case .fat16: .fat16LBA
    case .fat32: .fat32LBA
    }
  }
}

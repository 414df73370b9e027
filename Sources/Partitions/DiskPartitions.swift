public import Bytes

/// The partitions that a disk of 512-byte sectors has, whichever kind of table tells them.
public struct DiskPartitions: Sendable, Hashable {
  public enum Table: String, Sendable, Hashable {
    case none, mbr, gpt
  }

  public struct Entry: Sendable, Hashable {
    /// From 1, as Linux and U-Boot count: logical ones of an MBR from 5.
    public let number: Int
    public let sectors: Range<UInt64>
    /// Marked as the one to start from: the flag of an MBR, the legacy attribute of a GPT.
    public let isBootable: Bool
    /// An MBR's type byte; nil in a GPT.
    public let type: PartitionType?
    /// A GPT's word for what a partition holds; nil in an MBR.
    public let typeID: GUID?
    /// A GPT's name; empty in an MBR.
    public let name: String
    /// What Linux calls PARTUUID.
    public let uuid: String

    /// The bytes of the disk that it takes; empty where there are no such.
    public var bytes: Range<UInt64> {
      let (start, _) = sectors.lowerBound.multipliedReportingOverflow(by: 512)
      let (end, overflow) = sectors.upperBound.multipliedReportingOverflow(by: 512)
      return overflow ? 0..<0 : start..<end
    }
  }

  public let table: Table
  /// The disk's own id, of which the partitions' are made: an MBR's signature, a GPT's GUID. Empty
  /// without a table.
  public let id: String
  public let entries: [Entry]
  /// Whether a GPT is there whose checksums do not hold. Its partitions do not count then.
  public let isDamaged: Bool

  /// Logical partitions that are looked for; a table that runs in a circle ends.
  private static let mostLogical = 60

  public init(_ disk: any ByteSource) {
    guard let record = try? MasterBootRecord(parsing: disk.read(512, at: 0).span.bytes) else {
      self.init(table: .none, id: "", entries: [])
      return
    }
    if record.partitions.contains(where: { $0.type == .protective }) {
      if let (id, entries) = Self.gpt(disk) {
        self.init(table: .gpt, id: id.description, entries: entries)
      } else {
        self.init(table: .gpt, id: "", entries: [], isDamaged: true)
      }
      return
    }
    var entries: [Entry] = []
    func add(_ partition: Partition, number: Int, base: UInt64) {
      let start = base + UInt64(partition.firstSector)
      entries.append(
        Entry(
          number: number, sectors: start..<(start + UInt64(partition.sectorCount)),
          isBootable: partition.bootable, type: partition.type, typeID: nil, name: "",
          uuid: MasterBootRecord.partitionUUID(of: record.diskSignature, number)))
    }
    var extended: UInt64?
    for (index, partition) in record.partitions.enumerated() where partition.type != .unused {
      if Self.isExtended(partition.type) {
        extended = extended ?? UInt64(partition.firstSector)
      } else if partition.sectorCount > 0 {
        add(partition, number: index + 1, base: 0)
      }
    }
    var next = extended
    var number = 5
    while let place = next, let extended, number < 5 + Self.mostLogical {
      let sector = disk.read(512, at: place * 512)
      guard let link = try? MasterBootRecord(parsing: sector.span.bytes) else { break }
      next = nil
      for partition in link.partitions where partition.type != .unused {
        if Self.isExtended(partition.type) {
          next = extended + UInt64(partition.firstSector)
        } else if partition.sectorCount > 0 {
          add(partition, number: number, base: place)
          number += 1
        }
      }
    }
    let isNone = entries.isEmpty && extended == nil
    self.init(
      table: isNone ? .none : .mbr,
      id: isNone ? "" : MasterBootRecord.diskID(of: record.diskSignature), entries: entries)
  }

  private init(table: Table, id: String, entries: [Entry], isDamaged: Bool = false) {
    self.table = table
    self.id = id
    self.entries = entries
    self.isDamaged = isDamaged
  }

  private static func isExtended(_ type: PartitionType) -> Bool {
    [0x05, 0x0F, 0x85].contains(type.rawValue)
  }

  /// The partition of that number.
  public subscript(number: Int) -> Entry? { entries.first { $0.number == number } }
}

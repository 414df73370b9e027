import Bytes
import Files
public import Measures
public import Partitions
public import SystemPackage

/// A finished image, or a card, taken apart: all that a boot goes by.
public struct CardContents: Sendable {
  public let path: FilePath
  public let size: ByteCount
  /// Nil where no SPL lies in any of the places that were looked at.
  public let bootloader: InspectedBootloader?
  public let partitions: DiskPartitions
  /// By the number of their partitions.
  public let volumes: [InspectedVolume]
  /// The partition that U-Boot looks at first; 0 for a disk without a table, nil where it has none.
  public let bootPartition: Int?
  public let files: [InspectedFile]
  public let scripts: [InspectedScript]

  /// - Parameter splPlaces: where a boot ROM looks for an SPL.
  init(_ path: FilePath, splPlaces: [ByteCount]) throws(FileError) {
    self.path = path
    let card = try FileBytes(disk: path)
    size = ByteCount(card.size)
    partitions = DiskPartitions(card)
    bootloader = InspectedBootloader(in: card, partitions, places: splPlaces)
    volumes = Self.volumes(of: card, partitions)
    bootPartition = Self.bootPartition(of: partitions, volumes)
    let place = bootPartition
    files = volumes.first { $0.number == place }.map(InspectedFile.all) ?? []
    scripts = files.compactMap(InspectedScript.init)
  }

  private static func volumes(
    of card: any ByteSource, _ partitions: DiskPartitions
  ) -> [InspectedVolume] {
    guard partitions.table != .none else {
      return [InspectedVolume(card, number: 0)].compactMap { $0 }
    }
    return partitions.entries.compactMap { entry in
      let bytes = entry.bytes
      return InspectedVolume(
        PartOfBytes(card, from: bytes.lowerBound, count: UInt64(bytes.count)),
        number: entry.number)
    }
  }

  /// U-Boot's boot sequence takes the partitions that are marked, else the first.
  private static func bootPartition(
    of partitions: DiskPartitions, _ volumes: [InspectedVolume]
  ) -> Int? {
    if partitions.table == .none { return volumes.first?.number }
    let marked = partitions.entries.first { $0.isBootable }
    return marked?.number ?? partitions[1]?.number
  }
}

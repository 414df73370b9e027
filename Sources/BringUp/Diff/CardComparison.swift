import BootImages
import Ext4
import Measures
import Partitions
public import SystemPackage
public import Workspace

/// Two images or cards side by side.
public struct CardComparison: Sendable {
  /// What has to be done to the first one to make it the second, in the order of a boot.
  public let differences: [CardDifference]

  /// Reads both. A volume that is damaged ends it, since what cannot be read may be anything.
  public init(
    _ old: FilePath, _ new: FilePath, in surroundings: Surroundings
  ) throws {
    let places = try DataFiles(project: ".", surroundings: surroundings).boards().splPlaces
    try self.init(
      try CardContents(old, splPlaces: places), try CardContents(new, splPlaces: places))
  }

  init(_ old: CardContents, _ new: CardContents) throws(Ext4ReadError) {
    var found = Self.facts("image", ["size": old.size.words], ["size": new.size.words])
    found += Self.facts("bootloader", old.bootloaderFacts, new.bootloaderFacts)
    found += Self.facts("partition table", old.tableFacts, new.tableFacts)
    found += Self.facts("file systems", old.volumeFacts, new.volumeFacts)
    let bootFiles = BootFileComparison(old.files, new.files).differences
    let told = Set(bootFiles.map(\.subject))
    found += bootFiles
    for volume in old.volumes {
      guard let other = new.volumes.first(where: { $0.number == volume.number }),
        case .ext(let before) = volume.reader, case .ext(let after) = other.reader
      else { continue }
      let name = volume.number == 0 ? "the disk" : "partition \(volume.number)"
      let differences = try VolumeComparison(before, after, part: "files of \(name)").differences
      found += differences.filter {
        volume.number != old.bootPartition || !told.contains($0.subject)
      }
    }
    differences = found
  }

  /// Those in which they differ, by their names.
  private static func facts(
    _ part: String, _ old: [String: String], _ new: [String: String]
  ) -> [CardDifference] {
    Set(old.keys).union(new.keys).sorted().compactMap { name in
      old[name] == new[name]
        ? nil : CardDifference(part, name, old: old[name], new: new[name])
    }
  }
}

extension ByteCount {
  /// Exactly, for sizes that differ by a little.
  fileprivate var words: String { "\(rawValue) bytes" }
}

extension CardContents {
  fileprivate var bootloaderFacts: [String: String] {
    guard let bootloader else { return [:] }
    var facts = ["place": "\(ByteCount(bootloader.offset))"]
    facts["SPL"] =
      bootloader.spl.map { spl in
        "\(spl.length), checksum 0x\(String(spl.checksum, radix: 16))"
          + (spl.treeName.map { ", made for \($0)" } ?? "")
      } ?? "its length or checksum is wrong"
    facts["U-Boot"] = bootloader.version?.description
    facts["SHA-256"] = bootloader.sha256
    return facts
  }

  fileprivate var tableFacts: [String: String] {
    var facts = ["kind": partitions.table.rawValue]
    if !partitions.id.isEmpty { facts["disk"] = partitions.id }
    for entry in partitions.entries {
      let type = entry.type?.description ?? entry.typeID?.description ?? ""
      facts["partition \(entry.number)"] =
        "\(type)\(entry.name.isEmpty ? "" : " \"\(entry.name)\""), "
        + "sectors \(entry.sectors.lowerBound) to \(entry.sectors.upperBound - 1)"
        + (entry.isBootable ? ", bootable" : "")
      // An MBR makes them of the disk's id.
      if partitions.table == .gpt { facts["partition \(entry.number), PARTUUID"] = entry.uuid }
    }
    return facts
  }

  fileprivate var volumeFacts: [String: String] {
    var facts: [String: String] = [:]
    for volume in volumes {
      let name = volume.number == 0 ? "whole disk" : "partition \(volume.number)"
      facts["\(name), kind"] = volume.kind
      facts["\(name), label"] = volume.label.isEmpty ? nil : volume.label
      facts["\(name), UUID"] = volume.id.isEmpty ? nil : volume.id
      facts["\(name), size"] = volume.size.words
      facts["\(name), system"] = volume.system
    }
    return facts
  }
}

import Bytes
import Ext4
import FAT
public import Measures
import Partitions

/// The file system of a partition.
public struct InspectedVolume: Sendable {
  /// The partition; 0 for a disk without a table.
  public let number: Int
  /// `FAT16`, `ext4`.
  public let kind: String
  /// Empty without one.
  public let label: String
  /// As Linux's `UUID=` has it; empty without one.
  public let id: String
  public let size: ByteCount
  public let free: ByteCount
  /// Files and folders in the root folder; nil where it cannot be read.
  public let rootNames: Int?
  /// What the system on it calls itself, by its os-release.
  public let system: String?
  /// The kernels for whose modules there is a folder.
  public let moduleKernels: [String]
  /// Whether it was not left in order: a journal waits to be played.
  public let needsRecovery: Bool
  let reader: VolumeReader

  /// Nil where no file system that is read lies there.
  init?(_ bytes: any ByteSource, number: Int) {
    guard let reader = VolumeReader(bytes) else { return nil }
    self.number = number
    self.reader = reader
    switch reader {
    case .fat(let volume):
      kind = volume.kind.title
      label = volume.label
      id =
        volume.volumeID.map { id in
          let digits = Self.fourBytes(id)
          return "\(digits.prefix(4))-\(digits.suffix(4))"
        } ?? ""
      size = ByteCount(volume.size)
      free = ByteCount(volume.freeSize)
      needsRecovery = false
    case .ext(let volume):
      kind = volume.kind
      label = String(decoding: volume.label, as: UTF8.self)
      id = GUID(volume.uuid)?.description ?? ""
      // A volume has fewer than 2^44 blocks of at most 2^16 bytes.
      size = ByteCount(volume.blockCount * UInt64(volume.blockSize))
      free = ByteCount(volume.freeBlockCount * UInt64(volume.blockSize))
      needsRecovery = volume.needsRecovery
    }
    rootNames = reader.list([])?.count
    system = Self.system(reader)
    let modules = reader.list(Array("lib/modules".utf8)) ?? []
    moduleKernels = modules.filter { $0.kind == .folder }
      .map { String(decoding: $0.name, as: UTF8.self) }.sorted()
  }

  private static func fourBytes(_ number: UInt32) -> String {
    let digits = String(number, radix: 16, uppercase: true)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }

  /// `PRETTY_NAME` of os-release, which is text of a shell: one word, with quotes or without.
  private static func system(_ reader: VolumeReader) -> String? {
    let paths = ["etc/os-release", "usr/lib/os-release"]
    guard
      let bytes = paths.lazy.compactMap({ reader.read(Array($0.utf8), count: 1 << 16) }).first
    else { return nil }
    for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
      guard line.hasPrefix("PRETTY_NAME=") else { continue }
      let value = line.dropFirst("PRETTY_NAME=".count)
      for quote in ["\"", "'"] where value.count > 1 && value.hasPrefix(quote) {
        guard value.hasSuffix(quote) else { break }
        return String(value.dropFirst().dropLast())
      }
      return String(value)
    }
    return nil
  }
}

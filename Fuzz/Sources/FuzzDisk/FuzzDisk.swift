import Bytes
import FAT
import FuzzDriver
import Measures
import Partitions

/// Disks of any bytes: their partition tables, the FAT volumes on them and in their place, and block
/// maps in theirs.
@main struct FuzzDisk {
  static func main() { runFuzzer(fuzzDisk) }

  static func test(_ bytes: [UInt8]) {
    let disk = BytesInMemory(bytes)
    visit(disk)
    let partitions = DiskPartitions(disk)
    for entry in partitions.entries.prefix(8) {
      visit(
        PartOfBytes(
          disk, from: entry.sectors.lowerBound &* 512, count: UInt64(entry.sectors.count) &* 512))
    }
    let parsed = try? MasterBootRecord(parsing: bytes.span.bytes)
    _ = try? parsed?.encoded()
    // No checksum of its own stands in the way of what changes the rest.
    let map = try? BlockMap(parsing: bytes) { _ in [UInt8](repeating: 0x5C, count: 32) }
    for mapped in map?.mapped ?? [] {
      require(
        (map?.bytes(of: mapped.blocks).upperBound ?? 0) <= map?.imageSize ?? 0,
        "a block map reaches past its image")
    }
  }

  static func visit(_ source: some ByteSource) {
    guard let volume = try? FATReader(source) else { return }
    _ = volume.label
    require(volume.freeSize <= volume.size, "more is free than there is")
    var folders = [""]
    var seen = 0
    while let folder = folders.popLast(), seen < 64 {
      for entry in volume.list(folder) ?? [] {
        seen += 1
        if entry.isFolder {
          folders.append(folder + "/" + entry.name)
        } else {
          let content = volume.read(entry, count: 1 << 16)
          require(content.count <= Int(entry.size), "more is read than a file has")
          require(
            volume.read(entry, count: 16, at: 5).count <= 16, "more is read than was asked for")
        }
      }
    }
  }
}

/// libFuzzer calls it with each input.
func fuzzDisk(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  FuzzDisk.test(bytes(data, count))
  return 0
}

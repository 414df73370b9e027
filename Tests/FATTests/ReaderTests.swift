import Bytes
import FAT
import Foundation
import Measures
import OutsideTools
import SeededGenerator
import Testing

/// What the reader gets out of volumes: our own, which mtools and fsck.fat vouch for elsewhere, and
/// damaged ones.
@Suite struct ReaderTests {
  private static func bytes(_ kind: FATKind, _ mebibytes: UInt64) throws -> [UInt8] {
    let volume = FATVolume(
      volumeID: 7, size: .mebibytes(mebibytes), kind: kind,
      entries: VolumeTests.entries(cluster: 512))
    return Array(Card.bytes(of: try volume.layout()))
  }

  @Test(arguments: VolumeTests.shapes)
  func everyFileIsRead(kind: FATKind, mebibytes: UInt64) throws {
    let reader = try FATReader(BytesInMemory(try Self.bytes(kind, mebibytes)))
    #expect(reader.kind == kind)
    for entry in VolumeTests.entries(cluster: 512) {
      let found = try #require(reader.entry(entry.path), "\(entry.path)")
      guard case .file(let size) = entry.content else {
        #expect(found.isFolder && reader.list(entry.path) == [])
        continue
      }
      let wanted = Card.content(of: entry.path, size: Int(size.rawValue))
      #expect(Data(reader.read(found)) == wanted, "\(entry.path)")
      #expect(Data(reader.read(found, count: 3, at: 2)) == wanted.dropFirst(2).prefix(3))
    }
  }

  @Test func caseDoesNotCountAndFoldersAreNoFiles() throws {
    let reader = try FATReader(BytesInMemory(try Self.bytes(.fat16, 16)))
    #expect(reader.entry("/BOOT/Xen-4.17-ARMHF")?.size == 20_000)
    #expect(reader.entry("readme.txt")?.name == "README.TXT")
    #expect(reader.list("boot/dtb/allwinner")?.map(\.name).count == 2)
    #expect(reader.entry("boot/nothing") == nil && reader.list("README.TXT") == nil)
    #expect(reader.entry("README.TXT/x") == nil)
    #expect(reader.list("/")?.contains { $0.name == "empty" && $0.isFolder } == true)
  }

  /// What mkfs.fat and mtools say of their volume.
  @Test(arguments: [("12", 3), ("16", 20), ("32", 40)]) func whatAVolumeSaysOfItself(
    width: String, mebibytes: Int
  ) throws {
    try OutsideTool.withTemporaryFolder { folder in
      let script = """
        truncate -s \(mebibytes)M card && mkfs.fat -F \(width) -n 'CARD 1' -i 1a2b3c4d card
        head -c 100000 /dev/zero >file && mcopy -i card file ::file && mdir -i card
        """
      let made = try OutsideTool.run("sh", ["-e", "-c", script], in: folder)
      try #require(made.status == 0, "\(made.output)")
      let bytes = Array(try Data(contentsOf: folder.appending(path: "card")))
      let reader = try FATReader(BytesInMemory(bytes))
      #expect(reader.kind.title == "FAT" + width)
      #expect(reader.label == "CARD 1" && reader.volumeID == 0x1A2B_3C4D)
      #expect(reader.size == UInt64(mebibytes) << 20)
      #expect(reader.list("")?.map(\.name) == ["file"])
      let line = made.output.split(separator: "\n").last { $0.contains("bytes free") } ?? ""
      #expect(line.filter(\.isNumber) == "\(reader.freeSize)", "\(made.output)")
    }
  }

  @Test func whatIsNoVolumeIsRefused() {
    #expect(throws: FATReadError.noSignature) { try FATReader(BytesInMemory([1, 2, 3])) }
    var sector = [UInt8](repeating: 0, count: 512)
    (sector[510], sector[511]) = (0x55, 0xAA)
    #expect(throws: FATReadError.measure(name: "bytes per sector", value: 0)) {
      try FATReader(BytesInMemory(sector))
    }
  }

  /// Whatever is damaged, reading ends and gives no more than a file's size.
  @Test(arguments: [UInt64](1...24))
  func damagedVolumesEnd(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let shape = VolumeTests.shapes[Int(seed % 2)]
    let sound = try Self.bytes(shape.0, shape.1)
    for _ in 0..<40 {
      var bytes = sound
      for _ in 0..<Int.random(in: 1...40, using: &random) {
        let end = Bool.random(using: &random) ? 64 : 1 << 17
        bytes[Int.random(in: 0..<end, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      guard let reader = try? FATReader(BytesInMemory(bytes)) else { continue }
      var folders = [""]
      var visited = 0
      while let folder = folders.popLast(), visited < 50 {
        for entry in reader.list(folder) ?? [] {
          visited += 1
          if entry.isFolder {
            folders.append(folder + "/" + entry.name)
          } else {
            let read = reader.read(entry, count: 1 << 16)
            #expect(read.count <= Int(entry.size), "seed \(seed)")
          }
        }
      }
    }
  }

  /// A chain that comes back to itself ends with the volume's size at the latest.
  @Test func aCircleEnds() throws {
    var bytes = try Self.bytes(.fat16, 16)
    let reader = try FATReader(BytesInMemory(bytes))
    let file = try #require(reader.entry("boot/xen-4.17-armhf"))
    let reserved = Int(bytes[14]) | Int(bytes[15]) << 8
    // Every cluster leads to the next, and the last to the first.
    for cluster in 2..<5000 {
      let next = cluster == 4999 ? 2 : cluster + 1
      bytes[reserved * 512 + cluster * 2] = UInt8(truncatingIfNeeded: next)
      bytes[reserved * 512 + cluster * 2 + 1] = UInt8(truncatingIfNeeded: next >> 8)
    }
    let damaged = try FATReader(BytesInMemory(bytes))
    #expect(damaged.read(file).count == Int(file.size))
    #expect(damaged.list("boot") != nil)
  }
}

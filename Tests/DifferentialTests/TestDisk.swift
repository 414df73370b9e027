import BootImages
import Bytes
import FAT
import Foundation
import ImagePlan
import Measures
import OutsideTools
import Partitions

/// The disk that both sides read: a FAT partition with the files below, a second partition that holds
/// nothing, and a third with an ext4 volume.
enum TestDisk {
  static let bootSize = ByteCount.mebibytes(16)
  static let size = 32 << 20

  /// - Parameter files: further files for the FAT partition.
  static func image(with files: [CardLayout.BootFile]) throws -> [UInt8] {
    let plan = try ImagePlan(
      CardLayout(
        bootloader: nil, bootFiles: try self.files() + files, bootKind: .fat16, bootSize: bootSize,
        imageSize: ByteCount(size), powerOfTwo: false, identity: Array(1...8),
        modified: 1_700_000_000))
    var image = [UInt8](repeating: 0, count: size)
    for piece in plan.pieces {
      image.replaceSubrange(
        Int(piece.offset)..<Int(piece.offset) + piece.bytes.count, with: piece.bytes)
    }
    let table = MasterBootRecord(
      diskSignature: 0x1234_5678,
      partitions: [
        Partition(type: .fat16LBA, bootable: true, firstSector: 2048, sectorCount: 32768),
        Partition(type: .linux, firstSector: 34816, sectorCount: 4096),
        Partition(type: .linux, firstSector: 38912, sectorCount: 24576),
      ])
    image.replaceSubrange(0..<512, with: try table.encoded())
    let volume = try TestVolume.image()
    image.replaceSubrange((19 << 20)..<((19 << 20) + volume.count), with: volume)
    return image
  }

  static func files() throws -> [CardLayout.BootFile] {
    let script = Array("echo from the script\nsetenv inner done\nfalse\n".utf8)
    let scriptImage = try LegacyImage.script(text: script, name: "script", time: 0)
    var files: [(String, [UInt8])] = [
      ("hello.txt", Array("hello world\n".utf8)), ("empty.txt", []), ("UPPER.TXT", [0x55]),
      ("A long file name.text", Array("long\n".utf8)), ("boot/inner.txt", Array("inner\n".utf8)),
      ("boot/deep/er/file.bin", Array(0...255)),
      ("big.bin", (0..<70_001).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 8) }),
      ("board.dtb", try tree("board.dts")), ("overlay.dtbo", try tree("overlay.dts")),
      ("zimage", zImage), ("script.scr", scriptImage), ("script.txt", script),
      ("badheader.scr", flipped(scriptImage, at: 40)),
      ("baddata.scr", flipped(scriptImage, at: 90)),
      ("uimage", try kernelImage(of: scriptImage)),
    ]
    files += [
      ("env.txt", "first=1\nsecond=two words\n# comment\n\nthird=a=b\n"),
      ("crlf.txt", "first=1\r\nsecond=2\r\n"),
      (
        "odd.txt",
        "  led=blank before\nsp =name\nquoted=\"q  q\"\nend=x # no comment\nesc=a\\nb\\\nc\n"
      ),
      ("gone.txt", "board=\nvendor\nnew=1"), ("dollar.txt", "refers=${board} and $cpu\nfirst=1\n"),
      ("run.txt", "hello=echo hello; setenv said 1\n"),
      ("nul.txt", "first=1\nsecond=2\n\0third=3\n"),
    ].map { ($0.0, Array($0.1.utf8)) }
    files.append(("env.bin", Array("first=1\0second=two words\0\0".utf8)))
    return files.map { CardLayout.BootFile(path: $0.0, bytes: $0.1) }
  }

  /// The smallest program that U-Boot takes for a kernel: it stays at its first instruction.
  static var zImage: [UInt8] {
    var image = [UInt8](repeating: 0, count: 4096)
    image.replaceSubrange(0..<4, with: [0xFE, 0xFF, 0xFF, 0xEA])
    image.replaceSubrange(0x24..<0x28, with: [0x18, 0x28, 0x6F, 0x01])
    image.replaceSubrange(0x2C..<0x30, with: [0x00, 0x10, 0x00, 0x00])
    return image
  }

  /// A legacy image of a kernel, made of a script's.
  private static func kernelImage(of script: [UInt8]) throws -> [UInt8] {
    var header = Array(script[..<64])
    header[30] = LegacyImage.Kind.kernel.rawValue
    header.replaceSubrange(4..<8, with: [0, 0, 0, 0])
    var sum: [UInt8] = []
    sum.append(bigEndian: CRC32.checksum(header.span.bytes))
    header.replaceSubrange(4..<8, with: sum)
    return header + script[64...]
  }

  private static func flipped(_ bytes: [UInt8], at index: Int) -> [UInt8] {
    var bytes = bytes
    bytes[index] ^= 1
    return bytes
  }

  private static func tree(_ name: String) throws -> [UInt8] {
    try OutsideTool.withTemporaryFolder { folder in
      let result = try OutsideTool.run(
        "timeout",
        ["10", "dtc", "-q", "-@", "-o", "out", Fragment.folder.appending(path: name).path],
        in: folder)
      guard result.status == 0 else { throw Fragment.Fault(description: result.output) }
      return Array(try Data(contentsOf: folder.appending(path: "out")))
    }
  }
}

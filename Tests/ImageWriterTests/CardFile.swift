import FAT
import Foundation
import Glibc
import ImagePlan
import ImageWriter
import Measures
import OutsideTools
import SystemPackage
import Testing

/// A card of 16 MiB with 1 MiB of content, and the files it is written to.
enum CardFile {
  static func plan(kernel: Int = 1 << 20) throws -> ImagePlan {
    try ImagePlan(
      CardLayout(
        bootloader: .init(offset: 8192, bytes: [UInt8](repeating: 0xB0, count: 30_001)),
        bootFiles: [.init(path: "kernel", bytes: [UInt8](repeating: 0xCE, count: kernel))],
        bootKind: .fat16, bootSize: .mebibytes(15), imageSize: nil, powerOfTwo: true,
        identity: Array(1...8), modified: 0))
  }

  /// The plan's bytes, put together without the code under test.
  static func bytes(of plan: ImagePlan) -> Data {
    var bytes = Data(count: Int(plan.size.rawValue))
    for piece in plan.pieces {
      let start = Int(piece.offset)
      bytes.replaceSubrange(start..<start + piece.bytes.count, with: piece.bytes)
    }
    return bytes
  }

  /// What the disk gives to the file, in bytes.
  static func space(of file: URL) -> Int {
    var status = stat()
    return stat(file.path, &status) == 0 ? Int(status.st_blocks) * 512 : -1
  }

  static func names(in folder: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  /// A file system in memory that has room for little.
  static func withSmallDisk(kibibytes: Int, _ body: (URL) throws -> Void) throws {
    try OutsideTool.withTemporaryFolder { (folder) throws in
      try #require(
        mount("tmpfs", folder.path, "tmpfs", 0, "size=\(kibibytes)k") == 0,
        "cannot mount a tmpfs: the tests of a full disk need root, as CI has it")
      defer { umount2(folder.path, CInt(MNT_DETACH)) }
      try body(folder)
    }
  }
}

extension URL {
  func file(_ name: String) -> FilePath { FilePath(appendingPathComponent(name).path) }
}

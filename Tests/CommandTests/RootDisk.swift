import Diagnostics
import Ext4
import Foundation
import Measures
import Partitions
import Testing

/// A disk with a small root on its second partition, as our own writers make both.
struct RootDisk {
  static let size = 64 << 20
  private static let start: UInt32 = 8192
  private static let time = Ext4Times(modified: Ext4Time(seconds: 1_700_000_000))

  let id: String

  /// - Parameter initScript: what lies in the root as `/sbin/init`.
  init(at url: URL, busybox: [UInt8], initScript: String, signature: UInt32 = 0x12AB_34CD) throws {
    id = String(signature, radix: 16) + "-02"
    let sectors = UInt32(Self.size / 512) - Self.start
    let record = MasterBootRecord(
      diskSignature: signature,
      partitions: [
        Partition(type: .fat16LBA, firstSector: 2048, sectorCount: 2048),
        Partition(type: .linux, firstSector: Self.start, sectorCount: sectors),
      ])
    let file = try File(url)
    try file.put(record.encoded(), at: 0)
    var writer = try Ext4Writer(
      Ext4Options(
        size: .fixed(.init(UInt64(sectors) * 512)), uuid: Array(1...16), hashSeed: Array(17...32),
        time: Ext4Time(seconds: 1_700_000_000)), to: file)
    let executable = Ext4Attributes(permissions: 0o755, times: Self.time)
    for folder in ["bin", "dev", "proc", "sbin", "sys", "tmp"] {
      try writer.add(.folder, at: Array(folder.utf8), executable)
    }
    for (path, bytes) in [("bin/busybox", busybox), ("sbin/init", Array(initScript.utf8))] {
      try writer.addFile(Array(path.utf8), size: UInt64(bytes.count), executable)
      try writer.write(bytes.span.bytes, at: 0)
    }
    try writer.add(.symbolicLink(Array("busybox".utf8)), at: Array("bin/sh".utf8), executable)
    _ = try writer.finish()
    try file.end(at: Self.size)
  }

  /// The disk's file; the volume lies where its partition does.
  private struct File: Ext4Output {
    let handle: FileHandle

    init(_ url: URL) throws {
      try Data().write(to: url)
      handle = try FileHandle(forUpdating: url)
    }

    func put(_ bytes: [UInt8], at offset: UInt64) throws {
      try handle.seek(toOffset: offset)
      try handle.write(contentsOf: bytes)
    }

    func write(_ bytes: RawSpan, at offset: UInt64) throws(Ext4Error) {
      do {
        try put(bytes.withUnsafeBytes { Array($0) }, at: UInt64(RootDisk.start) * 512 + offset)
      } catch {
        throw .output(.init(.error, "\(error)"))
      }
    }

    func end(at size: Int) throws {
      try handle.truncate(atOffset: UInt64(size))
      try handle.close()
    }
  }
}

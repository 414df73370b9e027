import Ext4
import Foundation
import Measures
import OutsideTools
import Testing

/// A volume in memory.
final class VolumeInMemory: Ext4Output {
  private(set) var bytes: [UInt8] = []

  func write(_ part: RawSpan, at offset: UInt64) throws(Ext4Error) {
    let end = Int(offset) + part.byteCount
    if bytes.count < end { bytes.append(contentsOf: repeatElement(0, count: end - bytes.count)) }
    bytes.replaceSubrange(Int(offset)..<end, with: part.withUnsafeBytes { Array($0) })
  }

  /// The bytes of a volume with this content, which e2fsck finds nothing to say about.
  static func make(
    _ options: Ext4Options = .test(.fixed(.mebibytes(2))),
    _ fill: (inout Ext4Writer) throws -> Void
  ) throws -> [UInt8] {
    let volume = VolumeInMemory()
    var writer = try Ext4Writer(options, to: volume)
    try fill(&writer)
    let layout = try writer.finish()
    let rest = Int(layout.size.rawValue) - volume.bytes.count
    let bytes = volume.bytes + [UInt8](repeating: 0, count: max(0, rest))
    try OutsideTool.withTemporaryFolder { folder in
      let url = folder.appendingPathComponent("image")
      try Data(bytes).write(to: url)
      try expectSound(url)
    }
    return bytes
  }
}

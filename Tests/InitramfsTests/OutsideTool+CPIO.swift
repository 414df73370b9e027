import Foundation
import OutsideTools

extension OutsideTool {
  /// What cpio says of an archive, which is left in the folder as `initramfs`.
  static func cpio(_ arguments: [String], _ archive: [UInt8], in folder: URL) throws -> String {
    let file = folder.appendingPathComponent("initramfs")
    try Data(archive).write(to: file)
    return try run("cpio", ["--quiet"] + arguments, in: folder, input: file).output
  }
}

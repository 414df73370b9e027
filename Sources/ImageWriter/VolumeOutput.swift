import Diagnostics
import Ext4
import Files
import Measures

/// A volume that lies in a part of a file.
struct VolumeOutput: Ext4Output {
  let part: FilePart

  func write(_ bytes: RawSpan, at offset: UInt64) throws(Ext4Error) {
    do throws(FileError) {
      try part.write(bytes, at: ByteCount(offset))
    } catch {
      throw .output(error.diagnostic)
    }
  }
}

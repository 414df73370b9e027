public import BootImages
import Bytes
public import Diagnostics
public import Measures

/// A file of the boot partition.
public struct InspectedFile: Sendable {
  /// From the volume's root: `/boot.scr`.
  public let path: String
  public let size: ByteCount
  public let kind: ImageKind
  /// Its beginning: all of it, unless it is longer than any kernel, or such files lie before it.
  let bytes: [UInt8]
  private let reader: VolumeReader
  private let place: [UInt8]

  /// What the largest kernel or Xen with debug information takes.
  private static let longest: UInt64 = 64 << 20
  /// What is kept of all files together: folders may lie about what their files take.
  private static let longestTogether: UInt64 = 256 << 20
  private static let most = 500
  private static let piece: UInt64 = 16 << 20

  /// The files from which a boot is made: of a FAT volume all, of others those in the root folder and
  /// below `boot`, where they keep company with a whole system.
  static func all(on volume: InspectedVolume) -> [InspectedFile] {
    let found: [(path: [UInt8], size: UInt64)]
    switch volume.reader {
    case .fat: found = volume.reader.files(below: [], depth: 8, most: most)
    case .ext:
      found =
        volume.reader.files(below: [], depth: 0, most: most)
        + volume.reader.files(below: Array("/boot".utf8), depth: 4, most: most)
    }
    var rest = longestTogether
    return found.map { path, size in
      let bytes = volume.reader.read(path, count: min(longest, max(rest, 4096))) ?? []
      rest -= min(rest, UInt64(bytes.count))
      return InspectedFile(
        path: String(decoding: path, as: UTF8.self), size: ByteCount(size),
        kind: .recognise(bytes.span.bytes), bytes: bytes, reader: volume.reader, place: path)
    }
  }

  func hasSameContent(as other: InspectedFile) -> Bool {
    guard size == other.size, bytes == other.bytes else { return false }
    var done = UInt64(bytes.count)
    while done < size.rawValue {
      let piece = reader.read(place, count: Self.piece, at: done)
      guard let piece, !piece.isEmpty else { break }
      guard piece == other.reader.read(other.place, count: Self.piece, at: done) else {
        return false
      }
      done += UInt64(piece.count)
    }
    return true
  }
}

/// A text by which the boot goes: a script image, an extlinux.conf or an environment.
public struct InspectedScript: Sendable {
  public let path: String
  public let text: String
  /// Why U-Boot would refuse it.
  public let damage: Diagnostic?

  /// Nil for files that no boot goes by.
  init?(_ file: InspectedFile) {
    let name = file.path.split(separator: "/").last ?? ""
    path = file.path
    if case .bootScript = file.kind {
      let script = ShownScript(file.bytes, file: file.path)
      text = String(decoding: script.text, as: UTF8.self)
      damage = script.damage
    } else if ["extlinux.conf", "uEnv.txt", "armbianEnv.txt"].contains(name) {
      text = String(decoding: file.bytes.prefix(1 << 20), as: UTF8.self)
      damage = nil
    } else if name == "boot.scr" || name == "boot.scr.uimg" {
      // U-Boot would look into it, and find no script.
      text = ""
      damage = ShownScript(file.bytes, file: file.path).damage
    } else {
      return nil
    }
  }
}

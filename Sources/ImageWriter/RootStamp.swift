import Bytes
import Crypto
import Files
import Glibc
import SystemPackage

/// By what a root's sources are known to be unchanged on this machine without being read: device, inode,
/// size and times of every file, those below folders as well. Elsewhere, and of a copy, it differs;
/// `RootIdentity` is the same there.
public struct RootStamp: Sendable, Hashable {
  /// A SHA-256.
  public let bytes: [UInt8]
  /// False where a file may yet change without a trace, since it changed a moment ago or has a time in
  /// the future.
  public let isSettled: Bool

  /// Where something changed in this very moment, this waits 25 ms, so that a later change would show.
  public init(of layers: [RootSource]) throws(RootError) {
    let first = try Gathering.all(layers)
    if first.isSettled {
      self = RootStamp(first)
    } else {
      usleep(25_000)
      self = RootStamp(try Gathering.all(layers))
    }
  }

  private init(_ gathering: Gathering) {
    bytes = Array(gathering.hash.finalize())
    isSettled = gathering.isSettled
  }

  private struct Gathering {
    var hash = SHA256()
    var isSettled = true

    static func all(_ layers: [RootSource]) throws(RootError) -> Gathering {
      var gathering = Gathering()
      for layer in layers {
        do throws(FileError) { try gathering.add(layer) } catch { throw .file(error) }
      }
      return gathering
    }

    mutating func add(_ layer: RootSource) throws(FileError) {
      switch layer {
      case .archive(let path): try add(path)
      case .folder(let path, _):
        var gathering = self
        try fileStamps(below: path) { gathering.add($0, $1) }
        self = gathering
      case .files(let files):
        for file in files {
          if case .copy(let path) = file.content { try add(path) }
        }
      }
    }

    mutating func add(_ path: FilePath) throws(FileError) {
      guard let stamp = try FileStamp.of(path) else {
        throw .system(.inspect, path, .noSuchFileOrDirectory)
      }
      add([], stamp)
    }

    mutating func add(_ path: [UInt8], _ stamp: FileStamp) {
      var fields: [UInt8] = []
      fields.append(littleEndian: UInt64(path.count))
      fields += path
      for number in stamp.numbers { fields.append(littleEndian: number) }
      hash.update(data: fields)
      if !stamp.isSettled { isSettled = false }
    }
  }
}

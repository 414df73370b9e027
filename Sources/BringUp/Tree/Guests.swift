import Boards
import BootImages
import Files
import Measures
import SystemPackage
import Workspace
import XenTree

/// Guests with their files opened.
public struct Guests {
  private(set) var domains: [XenDomain] = []
  private(set) var channels: [EventChannel] = []
  private(set) var pools: [ProcessorPool] = []
  private(set) var files: [ModuleFile] = []

  /// None.
  public init() {}

  /// Those of a file; none where there is no file.
  init(_ path: FilePath?, for chip: SoC?) throws {
    guard let path else {
      self.init()
      return
    }
    let folder = path.removingLastComponent()
    try self.init(Self.list(path), in: folder.isEmpty ? "." : folder, for: chip)
  }

  /// - Parameter folder: what relative paths count from.
  init(_ guests: [Guest], in folder: FilePath, for chip: SoC?) throws {
    for guest in guests {
      var domain = guest.domain
      for entry in guest.files {
        let file = try ModuleFile(
          entry.file, as: entry.kind, of: "\(domain.name)'s", in: folder, for: chip)
        domain.modules.append(file.module)
        files.append(file)
      }
      domains.append(domain)
      channels += guest.channels
      if let pool = guest.pool { pools.append(pool) }
    }
  }

  /// A longer list is something else.
  private static let limit = ByteCount.mebibytes(1)

  /// A file that is known to be something else is called what it is.
  private static func list(_ path: FilePath) throws -> [Guest] {
    let bytes = try readFile(path, limit: limit)
    switch ImageKind.recognise(bytes.span.bytes) {
    case .text, .empty, .unknown: break
    case let kind: throw ComposedTreeError.noGuests(file: path.string, kind)
    }
    return try Guest.list(parsing: bytes, file: path.string)
  }
}

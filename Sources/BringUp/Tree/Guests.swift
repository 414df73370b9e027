import Boards
import BootImages
import DeviceTreeLint
import Files
import Measures
import MemoryPlanner
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
        var file = try ModuleFile(
          entry.file, as: entry.kind, of: "\(domain.name)'s", in: folder, for: chip)
        if entry.isAnywhere { file = file.moved(to: standIn(for: file), isAnywhere: true) }
        domain.modules.append(file.module)
        files.append(file)
      }
      domains.append(domain)
      channels += guest.channels
      if let pool = guest.pool { pools.append(pool) }
    }
  }

  /// An address above all RAM of 32 bits that has been seen, until one is found: of files that may lie
  /// anywhere, those that are alike share one.
  private func standIn(for file: ModuleFile) -> Address {
    let twin = files.first {
      $0.isAnywhere && $0.module.kind == file.module.kind && $0.loaded.bytes == file.loaded.bytes
    }
    return twin?.module.address ?? Address(Self.firstStandIn + UInt64(files.count) << 12)
  }

  private static let firstStandIn: UInt64 = 0xE000_0000

  /// What may lie anywhere goes where claims on memory say.
  mutating func fill(by claims: [Claim]) {
    let places = planned.filter(\.place.isOpen).compactMap { file in
      claims.first { $0.setting == file.place.setting }.map { (file.address, $0.range.start) }
    }
    let found = Dictionary(places) { first, _ in first }
    var index = 0
    for domain in domains.indices {
      for module in domains[domain].modules.indices where index < files.count {
        if files[index].isAnywhere, let address = found[files[index].module.address] {
          files[index] = files[index].moved(to: address, isAnywhere: false)
          domains[domain].modules[module] = files[index].module
        }
        index += 1
      }
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

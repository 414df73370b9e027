import Boards
import SystemPackage
import Workspace
import XenTree

/// The guests of a file, with their files opened.
struct Guests {
  private(set) var domains: [XenDomain] = []
  private(set) var channels: [EventChannel] = []
  private(set) var pools: [ProcessorPool] = []
  private(set) var files: [ModuleFile] = []

  /// - Parameter path: there are none where it is nil.
  init(_ path: FilePath?, for chip: SoC?) throws {
    guard let path else { return }
    let folder = path.removingLastComponent()
    for guest in try Guest.list(contentsOf: path) {
      var domain = guest.domain
      for entry in guest.files {
        let file = try ModuleFile(
          entry.file, as: entry.kind, of: "\(domain.name)'s", in: folder.isEmpty ? "." : folder,
          for: chip)
        domain.modules.append(file.module)
        files.append(file)
      }
      domains.append(domain)
      channels += guest.channels
      if let pool = guest.pool { pools.append(pool) }
    }
  }
}

import Measures

extension ArchiveMember {
  /// What text can say of an entry: bytes that are no UTF-8 are shown as replacement characters.
  init(_ entry: ArchiveEntry) {
    self.init(
      path: String(decoding: entry.path, as: UTF8.self), kind: Kind(entry.kind),
      size: ByteCount(entry.size), mode: entry.mode, owner: entry.owner, group: entry.group,
      modified: entry.modified.seconds)
  }
}

extension ArchiveMember.Kind {
  fileprivate init(_ kind: ArchiveEntry.Kind) {
    switch kind {
    case .file: self = .file
    case .folder: self = .folder
    case .symlink(let target): self = .symlink(to: String(decoding: target, as: UTF8.self))
    case .hardlink(let target): self = .hardlink(to: String(decoding: target, as: UTF8.self))
    case .characterDevice(let major, let minor):
      self = .characterDevice(major: major, minor: minor)
    case .blockDevice(let major, let minor): self = .blockDevice(major: major, minor: minor)
    case .fifo: self = .fifo
    case .socket: self = .socket
    }
  }
}

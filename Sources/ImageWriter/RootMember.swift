import Archives
import Ext4
import Files

/// One thing to be put into a root, whatever source it comes from.
struct RootMember {
  enum Kind {
    case file(size: UInt64)
    case special(Ext4Special)
    /// `size` is that of content which the further name brings along; mostly 0.
    case hardlink(to: [UInt8], size: UInt64)
  }

  /// As the source has it.
  var path: [UInt8]
  var kind: Kind
  var attributes: Ext4Attributes
}

extension RootMember {
  /// - Returns: what cannot be said of a file on ext4, as a fault.
  init(_ entry: ArchiveEntry) throws(RootFault) {
    let kind: Kind
    switch entry.kind {
    case .file: kind = .file(size: entry.size)
    case .folder: kind = .special(.folder)
    case .symlink(let target): kind = .special(.symbolicLink(target))
    case .hardlink(let target): kind = .hardlink(to: target, size: entry.size)
    case .characterDevice(let major, let minor):
      kind = .special(.characterDevice(major: major, minor: minor))
    case .blockDevice(let major, let minor):
      kind = .special(.blockDevice(major: major, minor: minor))
    case .fifo: kind = .special(.fifo)
    case .socket: kind = .special(.socket)
    }
    var extended = entry.attributes.map { Ext4ExtendedAttribute(name: $0.name, value: $0.value) }
    for list in entry.lists {
      if let name = list.unnumbered { throw RootFault(.listWithName(name)) }
      let attribute = list.attribute
      if !extended.contains(where: { $0.name == attribute.name }) {
        extended.append(Ext4ExtendedAttribute(name: attribute.name, value: attribute.value))
      }
    }
    self.init(
      path: entry.path, kind: kind,
      attributes: Ext4Attributes(
        permissions: entry.mode, owner: try Self.id(entry.owner), group: try Self.id(entry.group),
        times: Ext4Times(
          modified: Ext4Time(entry.modified), accessed: entry.accessed.map { Ext4Time($0) },
          changed: entry.changed.map { Ext4Time($0) }),
        extended: extended))
  }

  /// -1 is what system calls take for nobody.
  private static func id(_ number: Int64) throws(RootFault) -> UInt32 {
    guard let id = UInt32(exactly: number), id != .max else { throw RootFault(.owner(number)) }
    return id
  }

  init(_ entry: FolderTree.Entry, _ ownership: OwnerMap.Ownership) {
    let kind: Kind =
      switch entry.kind {
      case .file: .file(size: entry.size)
      case .folder: .special(.folder)
      case .symlink(let target): .special(.symbolicLink(target))
      case .hardlink(let target): .hardlink(to: target, size: 0)
      case .characterDevice(let major, let minor):
        .special(.characterDevice(major: major, minor: minor))
      case .blockDevice(let major, let minor): .special(.blockDevice(major: major, minor: minor))
      case .fifo: .special(.fifo)
      case .socket: .special(.socket)
      }
    self.init(
      path: entry.path, kind: kind,
      attributes: Ext4Attributes(
        permissions: ownership.permissions ?? entry.mode, owner: ownership.owner,
        group: ownership.group,
        times: Ext4Times(
          modified: Ext4Time(seconds: entry.seconds, nanoseconds: entry.nanoseconds)),
        extended: entry.attributes.map {
          Ext4ExtendedAttribute(name: $0.name, value: $0.value)
        }))
    if case .special(.symbolicLink) = kind { attributes.permissions = 0o777 }
  }
}

extension Ext4Time {
  fileprivate init(_ time: ArchiveEntry.Time) {
    self.init(seconds: time.seconds, nanoseconds: time.nanoseconds)
  }
}

/// A fault of a member whose name the thrower does not know: one of its own, or one that the volume
/// found.
enum RootFault: Error {
  case member(RootMemberFault)
  case volume(Ext4Error)

  init(_ fault: RootMemberFault) { self = .member(fault) }
}

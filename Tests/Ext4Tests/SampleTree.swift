import Ext4
import SeededGenerator

/// A tree of all kinds of files, from a seed.
struct SampleTree {
  enum Kind {
    case special(Ext4Special)
    /// Pieces of data between holes.
    case file(size: UInt64, pieces: [Range<UInt64>])
    case link(Path)
  }

  struct Item {
    let path: Path
    let kind: Kind
    let attributes: Ext4Attributes
  }

  private(set) var items: [Item] = []
  private var random: SeededGenerator
  /// In bytes.
  private let mostOfAttribute: Int

  /// - Parameters:
  ///   - bytes: about how much the files may take together.
  ///   - blockSize: of volumes that must hold it; links and attributes have to fit a block.
  init(seed: UInt64, count: Int, bytes: UInt64, blockSize: Int = 4096) {
    random = SeededGenerator(seed: seed)
    mostOfAttribute = blockSize / 4
    var folders: [Path] = [[]]
    var known: Set<Path> = [Path("lost+found")]
    var files: [Path] = []
    var left = bytes
    for _ in 0..<count {
      let folder = folders[Int.random(in: 0..<folders.count, using: &random)]
      let path = (folder.isEmpty ? [] : folder + [UInt8(ascii: "/")]) + name()
      guard known.insert(path).inserted else { continue }
      let kind: Kind
      switch Int.random(in: 0..<20, using: &random) {
      case 0...2:
        kind = .special(.folder)
        folders.append(path)
      case 3: kind = .special(.symbolicLink(text([1, 20, 59, 60, 61, 1000, blockSize - 1])))
      case 4:
        kind = .special(
          .characterDevice(major: number(1 << 12), minor: number(1 << 20)))
      case 5: kind = .special(.blockDevice(major: number(255), minor: number(255)))
      case 6: kind = .special(Bool.random(using: &random) ? .fifo : .socket)
      case 7 where !files.isEmpty:
        kind = .link(files[Int.random(in: 0..<files.count, using: &random)])
      default:
        let file = file(most: left)
        if case .file(_, let pieces) = file {
          left -= min(left, pieces.reduce(0) { $0 + ($1.upperBound - $1.lowerBound) })
        }
        kind = file
        files.append(path)
      }
      items.append(Item(path: path, kind: kind, attributes: attributes(for: kind)))
    }
  }

  /// Bytes that differ from place to place and from file to file.
  static func content(of path: Path, _ range: Range<UInt64>) -> [UInt8] {
    let salt = path.reduce(UInt64(7)) { $0 &* 31 &+ UInt64($1) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Int(range.upperBound - range.lowerBound) + 16)
    // Words of eight bytes, none of them zero, that depend on their place.
    var word = range.lowerBound / 8
    while word * 8 < range.upperBound {
      let value = (word &+ 1) &* 0x9E37_79B9_7F4A_7C15 &+ salt | 0x0101_0101_0101_0101
      withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
      word += 1
    }
    let start = Int(range.lowerBound % 8)
    return Array(bytes[start..<(start + Int(range.upperBound - range.lowerBound))])
  }

  /// - Parameters:
  ///   - change: of the attributes, before they are given.
  ///   - give: hands over a piece of a file; the usual way is by several writes, as from an archive.
  func add(
    to writer: inout Ext4Writer, changing change: (inout Ext4Attributes) -> Void = { _ in },
    giving give: (inout Ext4Writer, Path, Range<UInt64>) throws -> Void = SampleTree.write
  ) throws {
    for item in items {
      var attributes = item.attributes
      change(&attributes)
      switch item.kind {
      case .special(let special): try writer.add(special, at: item.path, attributes)
      case .link(let target): try writer.addLink(item.path, to: target)
      case .file(let size, let pieces):
        try writer.addFile(item.path, size: size, attributes)
        for piece in pieces { try give(&writer, item.path, piece) }
      }
    }
  }

  static func write(
    _ writer: inout Ext4Writer, path: Path, piece: Range<UInt64>
  ) throws {
    let bytes = content(of: path, piece)
    for start in stride(from: 0, to: bytes.count, by: 50_001) {
      let end = min(bytes.count, start + 50_001)
      try writer.write(
        bytes.span.bytes.extracting(start..<end), at: piece.lowerBound + UInt64(start))
    }
  }

  /// What anybody must find in the volume.
  var inventory: Inventory {
    var found: Inventory = [:]
    var inodes: [Path: UInt64] = [:]
    let made = Ext4Attributes(permissions: 0o755, times: Ext4Times(modified: .time(1_700_000_000)))
    found[[]] = facts(made, type: 0o040000)
    found[Path("lost+found")] = facts(made, type: 0o040000)
    found[Path("lost+found")]?.mode = 0o040700
    found[[]]?.links = 3
    inodes[[]] = 0
    inodes[Path("lost+found")] = 1
    for (index, item) in items.enumerated() {
      var entry = facts(item.attributes, type: 0)
      switch item.kind {
      case .special(let special):
        entry.mode |= special.mode
        if special == .folder { entry.links = 2 }
        switch special {
        case .folder:
          let parent = item.path.lastIndex(of: UInt8(ascii: "/")).map { Path(item.path[..<$0]) }
          found[parent ?? []]?.links += 1
        case .symbolicLink(let target):
          entry.target = target
          entry.size = UInt64(target.count)
        case .blockDevice(let major, let minor), .characterDevice(let major, let minor):
          entry.device = [major, minor]
        default: break
        }
      case .file(let size, let pieces):
        entry.mode |= 0o100000
        entry.size = size
        entry.content = [UInt8](repeating: 0, count: Int(size))
        for piece in pieces {
          let bytes = Self.content(of: item.path, piece)
          entry.content.replaceSubrange(
            Int(piece.lowerBound)..<Int(piece.upperBound), with: bytes)
        }
      case .link(let target):
        guard let same = found[target], let inode = inodes[target] else { continue }
        let links = same.links + 1
        for (path, number) in inodes where number == inode { found[path]?.links = links }
        entry = same
        entry.links = links
        inodes[item.path] = inode
      }
      if inodes[item.path] == nil { inodes[item.path] = UInt64(index + 2) }
      found[item.path] = entry
    }
    found.join(by: inodes)
    return found
  }

  private func facts(_ attributes: Ext4Attributes, type: UInt32) -> Facts {
    var facts = Facts(
      mode: type | UInt32(attributes.permissions), links: type == 0o040000 ? 2 : 1,
      owner: attributes.owner, group: attributes.group)
    facts.accessed = attributes.times.accessed
    facts.modified = attributes.times.modified
    facts.changed = attributes.times.changed
    for attribute in attributes.extended { facts.attributes[attribute.name] = attribute.value }
    return facts
  }
}

extension SampleTree {
  private mutating func number(_ most: UInt32) -> UInt32 {
    UInt32.random(in: 0..<most, using: &random)
  }

  private mutating func text(_ lengths: [Int]) -> [UInt8] {
    let length = lengths[Int.random(in: 0..<lengths.count, using: &random)]
    return (0..<length).map { _ in UInt8.random(in: 1...255, using: &random) }
  }

  /// Short, long, no text at all.
  private mutating func name() -> [UInt8] {
    switch Int.random(in: 0..<8, using: &random) {
    case 0: return text([1, 3, 17, 254]).map { $0 == UInt8(ascii: "/") ? 0xFF : $0 } + [0x78]
    case 1: return Array(repeating: UInt8.random(in: 0x61...0x7A, using: &random), count: 255)
    default:
      let length = Int.random(in: 1...20, using: &random)
      return (0..<length).map { _ in UInt8.random(in: 0x61...0x7A, using: &random) }
    }
  }

  private mutating func file(most: UInt64) -> Kind {
    let sizes: [UInt64] = [0, 1, 100, 4095, 4096, 4097, 40_000, 262_144, 1_000_000]
    let size = min(most, sizes[Int.random(in: 0..<sizes.count, using: &random)])
    guard Int.random(in: 0..<4, using: &random) == 0 else {
      return .file(size: size, pieces: size == 0 ? [] : [0..<size])
    }
    // Many pieces with holes between, often within one block.
    var pieces: [Range<UInt64>] = []
    var start: UInt64 = 0
    for _ in 0..<Int.random(in: 0...12, using: &random) {
      start += UInt64.random(in: 0...20_000, using: &random)
      let end = start + UInt64.random(in: 1...9_000, using: &random)
      pieces.append(start..<end)
      start = end
    }
    return .file(size: start + UInt64.random(in: 0...9_000, using: &random), pieces: pieces)
  }

  private mutating func attributes(for kind: Kind) -> Ext4Attributes {
    func time(_ random: inout SeededGenerator) -> Ext4Time {
      .time(
        Int64.random(in: -2_000_000_000...10_000_000_000, using: &random),
        UInt32.random(in: 0..<1_000_000_000, using: &random))
    }
    let times = Ext4Times(
      modified: time(&random), accessed: time(&random), changed: time(&random))
    let ids: [UInt32] = [0, 1000, 65_535, 65_536, 4_000_000_000]
    return Ext4Attributes(
      permissions: UInt16.random(in: 0...0o7777, using: &random),
      owner: ids[Int.random(in: 0..<ids.count, using: &random)],
      group: ids[Int.random(in: 0..<ids.count, using: &random)], times: times,
      extended: extended(for: kind))
  }

  private mutating func extended(for kind: Kind) -> [Ext4ExtendedAttribute] {
    guard Int.random(in: 0..<3, using: &random) == 0 else { return [] }
    var some = [
      Ext4ExtendedAttribute("trusted.note", text([0, 1, 7, 30])),
      Ext4ExtendedAttribute("security.mark", text([3, 90])),
    ]
    switch kind {
    case .special(.folder):
      some.append(.init("system.posix_acl_default", Self.list))
      some.append(.init("system.posix_acl_access", Self.list))
      some.append(.init("user." + String(repeating: "n", count: 200), text([mostOfAttribute])))
    case .file:
      some.append(.init("system.posix_acl_access", Self.list))
      some.append(.init("user.é", text([0, 5, mostOfAttribute + 9])))
      some.append(
        .init("security.capability", [1, 0, 0, 2, 0, 4] + Array(repeating: 0, count: 14)))
    default: break
    }
    return some.filter { _ in Bool.random(using: &random) }
  }

  /// `u::rwx,u:1234:r--,g::r-x,g:70000:rw-,m::rwx,o::r--` as `getxattr` has it.
  private static let list: [UInt8] =
    [2, 0, 0, 0]
    + [
      (1, 7, UInt32.max), (2, 4, 1234), (4, 5, .max), (8, 6, 70_000), (16, 7, .max), (32, 4, .max),
    ]
    .flatMap { (tag: UInt8, permissions: UInt8, id: UInt32) in
      [tag, 0, permissions, 0] + (0..<4).map { UInt8(truncatingIfNeeded: id >> (8 * $0)) }
    }
}

extension Ext4Special {
  fileprivate var mode: UInt32 {
    switch self {
    case .folder: 0o040000
    case .symbolicLink: 0o120000
    case .characterDevice: 0o020000
    case .blockDevice: 0o060000
    case .fifo: 0o010000
    case .socket: 0o140000
    }
  }
}

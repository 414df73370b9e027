import Bytes
import Ext4
import Measures

/// The files of two ext2, ext3 or ext4 volumes: path, type, permissions, owner, size, target, device,
/// extended attributes and content. Times are left out, since they say only when.
struct VolumeComparison {
  private(set) var differences: [CardDifference] = []
  private let old: Ext4Reader
  private let new: Ext4Reader
  private let part: String
  /// Folders that were looked at. Those that hold each other would never end.
  private var visited: Set<UInt32> = []
  private var visitedNew: Set<UInt32> = []

  init(_ old: Ext4Reader, _ new: Ext4Reader, part: String) throws(Ext4ReadError) {
    self.old = old
    self.new = new
    self.part = part
    var folders: [(path: [UInt8], old: Bool, new: Bool)] = [([], true, true)]
    while let folder = folders.popLast() {
      let ours = folder.old ? try Self.names(in: folder.path, of: old) : [:]
      let theirs = folder.new ? try Self.names(in: folder.path, of: new) : [:]
      for name in Set(ours.keys).union(theirs.keys).sorted(by: Self.precedes) {
        let path = folder.path + [UInt8(ascii: "/")] + name
        let (left, right) = (ours[name], theirs[name])
        try compare(path, left, right)
        let isOld = left.map { $0.isFolder && visited.insert($0.number).inserted } ?? false
        let isNew = right.map { $0.isFolder && visitedNew.insert($0.number).inserted } ?? false
        if isOld || isNew { folders.append((path, isOld, isNew)) }
      }
    }
    // The folders were not looked at in the order of their paths.
    differences.sort { Self.precedes(Array($0.subject.utf8), Array($1.subject.utf8)) }
  }

  private static func precedes(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    left.lexicographicallyPrecedes(right)
  }

  private static func names(
    in path: [UInt8], of reader: Ext4Reader
  ) throws(Ext4ReadError) -> [[UInt8]: Ext4Inode] {
    let entries = try reader.list(path) ?? []
    return Dictionary(entries.map { ($0.name, $0.inode) }) { first, _ in first }
  }

  private mutating func compare(
    _ path: [UInt8], _ left: Ext4Inode?, _ right: Ext4Inode?
  ) throws(Ext4ReadError) {
    let before = try left.map { inode throws(Ext4ReadError) in try Self.facts(inode, of: old) }
    let after = try right.map { inode throws(Ext4ReadError) in try Self.facts(inode, of: new) }
    let name = String(decoding: path, as: UTF8.self)
    guard let before, let after, let left, let right else {
      differences.append(
        CardDifference(
          part, name, old: before?.joined(separator: ", "), new: after?.joined(separator: ", ")))
      return
    }
    if before != after {
      differences.append(
        CardDifference(
          part, name, old: before.filter { !after.contains($0) }.joined(separator: ", "),
          new: after.filter { !before.contains($0) }.joined(separator: ", ")))
    } else if left.isFile, try !hasSameContent(left, right) {
      differences.append(
        CardDifference(part, name, old: nil, new: nil, lines: ["its content differs"]))
    }
  }

  /// What there is to know of a file without its content.
  private static func facts(
    _ inode: Ext4Inode, of reader: Ext4Reader
  ) throws(Ext4ReadError) -> [String] {
    var facts = [kind(inode), "mode \(mode(inode))", "owner \(inode.owner):\(inode.group)"]
    if inode.isFile { facts.append("\(inode.size) bytes") }
    if let target = try reader.target(of: inode) {
      facts.append("to \(String(decoding: target, as: UTF8.self))")
    }
    if let device = inode.device { facts.append("device \(device.major):\(device.minor)") }
    for attribute in try reader.attributes(of: inode).sorted(by: { precedes($0.name, $1.name) }) {
      facts.append(
        "\(String(decoding: attribute.name, as: UTF8.self))=\(attribute.value.hexadecimal)")
    }
    return facts
  }

  private static func mode(_ inode: Ext4Inode) -> String {
    let digits = String(inode.permissions, radix: 8)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  private static func kind(_ inode: Ext4Inode) -> String {
    switch inode.mode >> 12 {
    case 1: "a pipe"
    case 2: "a character device"
    case 4: "a folder"
    case 6: "a block device"
    case 8: "a file"
    case 10: "a link"
    case 12: "a socket"
    default: "type \(inode.mode >> 12)"
    }
  }

  private func hasSameContent(
    _ left: Ext4Inode, _ right: Ext4Inode
  ) throws(Ext4ReadError) -> Bool {
    let piece: UInt64 = 1 << 20
    // A file may be larger than its volume by its holes, in which both have zeroes.
    let data =
      try old.places(of: left).map(\.file) + new.places(of: right).map(\.file)
    var done: UInt64 = 0
    for range in data.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      done = max(done, range.lowerBound)
      while done < range.upperBound {
        let count = min(piece, range.upperBound - done)
        guard
          try old.read(left, count: count, at: done) == new.read(right, count: count, at: done)
        else { return false }
        done += count
      }
    }
    return true
  }
}

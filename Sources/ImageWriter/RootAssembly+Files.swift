import Ext4
import Files
import Measures
import SystemPackage

extension RootAssembly {
  /// Takes all that lies below a folder.
  mutating func addFolder(_ path: FilePath, _ owners: OwnerMap) throws(RootError) {
    let tree: FolderTree
    do { tree = try FolderTree(path) } catch { throw .file(error) }
    var used = [Bool](repeating: false, count: owners.rules.count)
    var buffer = [UInt8](repeating: 0, count: Self.pieceSize)
    for entry in tree.entries {
      let rule = owners.index(for: entry.path)
      if let rule { used[rule] = true }
      let ownership = rule.map { owners.rules[$0].ownership } ?? OwnerMap.Ownership()
      guard try add(RootMember(entry, ownership)), entry.size > 0 else { continue }
      try copy(tree.path(of: entry), as: entry.path, size: entry.size, through: &buffer)
    }
    for (rule, isUsed) in zip(owners.rules, used) where !isUsed {
      notes.add(.unusedOwner, words: "line \(rule.line)")
    }
  }

  mutating func add(_ file: RootFile) throws(RootError) {
    let size: UInt64
    let kind: RootMember.Kind
    switch file.content {
    case .bytes(let bytes): (size, kind) = (UInt64(bytes.count), .file(size: UInt64(bytes.count)))
    case .copy(let path):
      do { size = try fileSize(path).rawValue } catch { throw .file(error) }
      kind = .file(size: size)
    case .special(let special): (size, kind) = (0, .special(special))
    }
    // A slash in front is how such a path is written.
    let path = Array(file.path.drop { $0 == RootPath.slash })
    let attributes = Ext4Attributes(
      permissions: file.permissions, owner: file.owner, group: file.group,
      times: Ext4Times(modified: file.modified ?? time))
    guard try add(RootMember(path: path, kind: kind, attributes: attributes)) else { return }
    switch file.content {
    case .bytes(let bytes): try write(bytes.span.bytes, at: 0)
    case .copy(let source):
      var buffer = [UInt8](repeating: 0, count: Self.pieceSize)
      try copy(source, as: path, size: size, through: &buffer)
    case .special: break
    }
  }

  private static let pieceSize = 1 << 20
  /// Of the volume: a block of a file that is all zero need not be there.
  private static let blockSize = 4096

  /// Copies a file of this machine; whole blocks of zeroes become holes.
  private mutating func copy(
    _ file: FilePath, as path: [UInt8], size: UInt64, through buffer: inout [UInt8]
  ) throws(RootError) {
    guard isReading else { return try place(0..<size) }
    var reading: FileReading
    do { reading = try FileReading(file) } catch { throw .file(error) }
    let changed = RootError.member(RootMemberName(source: source, path: path), .changed)
    guard reading.size.rawValue == size else { throw changed }
    while let piece = try next(from: &reading, into: &buffer) {
      guard piece.offset + UInt64(piece.count) <= size else { throw changed }
      let bytes = buffer.span.bytes.extracting(0..<piece.count)
      for range in bytes.ranges(withContentInBlocksOf: Self.blockSize, from: piece.offset) {
        try write(bytes.extracting(range), at: piece.offset + UInt64(range.lowerBound))
      }
    }
  }

  private func next(
    from reading: inout FileReading, into buffer: inout [UInt8]
  ) throws(RootError) -> (offset: UInt64, count: Int)? {
    do { return try reading.next(into: &buffer) } catch { throw .file(error) }
  }
}

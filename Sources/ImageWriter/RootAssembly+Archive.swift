import Archives
import Ext4
import Files
import Measures
import SystemPackage

extension RootAssembly {
  /// Takes all of an archive. Its data goes from where libarchive has it to its place on the volume.
  mutating func addArchive(_ path: FilePath) throws(RootError) {
    let size: ByteCount
    do { size = try fileSize(path) } catch { throw .file(error) }
    let (grown, overflow) = size.rawValue.multipliedReportingOverflow(by: policy.mostGrowth)
    let room = max(UnsafeMembers.harmless, ByteCount(overflow ? .max : grown))
    let before = counts.bytes.rawValue
    var reader: ArchiveReader
    do { reader = try ArchiveReader.ofRoot(path) } catch { throw .archive(error) }
    var isEmpty = true
    while let entry = try next(from: &reader) {
      isEmpty = false
      if let words = entry.complaint { notes.add(.complaint, words: words) }
      guard try begin(entry) else { continue }
      guard isReading else {
        for range in entry.data ?? [0..<entry.size] { try place(range) }
        continue
      }
      try reader.forEachBlock(failing: RootError.archive) { (block, offset) throws(RootError) in
        try write(block, at: offset)
        guard counts.bytes.rawValue - before <= room.rawValue else {
          throw .bomb(path, size: size, limit: room)
        }
      }
    }
    if isEmpty { throw .empty(path) }
  }

  private func next(from reader: inout ArchiveReader) throws(RootError) -> ArchiveEntry? {
    do { return try reader.nextEntry() } catch { throw .archive(error) }
  }

  private mutating func begin(_ entry: ArchiveEntry) throws(RootError) -> Bool {
    let member: RootMember
    do throws(RootFault) { member = try RootMember(entry) } catch {
      throw RootError(error, of: entry.path, in: source)
    }
    return try add(member)
  }
}

import Measures
import SystemPackage

/// Takes the wanted members out of a package's data in at most two passes: one for the files, and
/// one for the files that wanted links lead to, which may stand before or after the link.
struct Extraction: ~Copyable {
  /// Far more than any package has: a bound on the memory that a hostile one can take.
  private static let mostMembers = 1_000_000

  private let package: FilePath
  private let wanted: [MemberPattern]
  private let target: TargetFolder
  private var room: ByteCount

  /// The paths seen so far, to name near ones and to follow links.
  private var seen: Set<String> = []
  private var links = LinkTable()
  /// Wanted links in the order they were met.
  private var wantedLinks: [(path: MemberPath, target: String)] = []
  private var taken: [String: ExtractedMember] = [:]

  init(
    package: FilePath, wanted: [MemberPattern], target: consuming TargetFolder, limit: ByteCount
  ) {
    self.package = package
    self.wanted = wanted
    self.target = target
    self.room = limit
  }

  var hasLinks: Bool { !wantedLinks.isEmpty }

  /// The first pass. Ends early once every wanted path is exact and found.
  mutating func takeWanted(from reader: inout ArchiveReader) throws(ArchiveError) {
    while !isDone, let member = try reader.next() {
      guard let path = try judge(member) else { continue }
      seen.insert(path.text)
      guard seen.count <= Self.mostMembers else {
        throw .corrupt(package, member: nil, reason: "it has more than a million members")
      }
      if case .symlink(let target) = member.kind { links.add(path, to: target) }
      if case .hardlink(let target) = member.kind { links.add(path, to: "/" + target) }
      let matching = wanted.filter { $0.matches(path.text) }
      guard !matching.isEmpty else { continue }
      switch member.kind {
      case .file:
        try take(member, as: path, from: &reader)
      case .symlink(let target), .hardlink(let target):
        wantedLinks.append((path, target))
      case .folder, .characterDevice, .blockDevice, .fifo, .socket:
        if matching.contains(where: \.isExact) {
          throw .notAFile(package, member: path.text)
        }
      }
    }
  }

  /// The second pass, after the whole archive was seen.
  mutating func takeLinked(from reader: inout ArchiveReader) throws(ArchiveError) {
    var outputs: [String: [MemberPath]] = [:]
    for link in wantedLinks {
      guard let end = links.end(of: link.path), seen.contains(end.text) else {
        throw .deadLink(package, member: link.path.text, target: link.target)
      }
      outputs[end.text, default: []].append(link.path)
    }
    while !outputs.isEmpty, let member = try reader.next() {
      guard let path = try judge(member), let links = outputs.removeValue(forKey: path.text)
      else { continue }
      guard case .file = member.kind, let first = links.first else {
        throw .notAFile(package, member: path.text)
      }
      try take(member, as: first, from: &reader)
      for link in links.dropFirst() { try copy(first, to: link) }
    }
  }

  /// What was taken, by path; throws where a pattern found nothing.
  consuming func finish() throws(ArchiveError) -> [ExtractedMember] {
    for pattern in wanted where !taken.keys.contains(where: pattern.matches) {
      throw .missing(
        package, wanted: pattern.text, near: NearMembers.to(pattern.text, among: seen))
    }
    return taken.values.sorted { $0.path < $1.path }
  }

  private var isDone: Bool {
    wantedLinks.isEmpty && wanted.allSatisfy { $0.isExact && taken[$0.text] != nil }
  }

  /// Refuses the archive for one bad path, wanted or not: whoever made it means harm.
  private func judge(_ member: ArchiveMember) throws(ArchiveError) -> MemberPath? {
    do throws(UnsafePath) {
      guard let path = try MemberPath(member.path) else { return nil }
      if let link = path.ancestors.first(where: links.contains) { throw .throughLink(link) }
      return path
    } catch {
      throw .unsafePath(package, member: member.path, error)
    }
  }

  private mutating func take(
    _ member: ArchiveMember, as path: MemberPath, from reader: inout ArchiveReader
  ) throws(ArchiveError) {
    guard member.size <= room else {
      throw .tooLarge(package, member: path.text, limit: room)
    }
    let file = try target.create(path, executable: member.mode & 0o111 != 0)
    let size = try reader.write(to: file.descriptor, named: target.path(of: path), limit: room)
    try file.commit()
    record(path, size)
  }

  private mutating func copy(_ from: MemberPath, to path: MemberPath) throws(ArchiveError) {
    guard let size = taken[from.text]?.size, size <= room else {
      throw .tooLarge(package, member: path.text, limit: room)
    }
    try target.copy(from, to: path)
    record(path, size)
  }

  private mutating func record(_ path: MemberPath, _ size: ByteCount) {
    room = ByteCount(room.rawValue - min(room.rawValue, size.rawValue))
    taken[path.text] = ExtractedMember(path: path.text, file: target.path(of: path), size: size)
  }
}

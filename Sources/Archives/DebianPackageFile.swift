public import Measures
public import SystemPackage

/// A Debian package on disk, read as a stream: nothing of it is unpacked but what is wanted.
///
///     NAME.deb   an ar archive
///       debian-binary         "2.0\n"
///       control.tar.(xz|zst|gz)
///       data.tar(.xz|.zst|.gz|.bz2|.lzma)    the files it installs, from the root: ./boot/xen
///
/// Source: deb(5).
public struct DebianPackageFile: Sendable, Hashable {
  public let path: FilePath

  public init(_ path: FilePath) { self.path = path }

  /// All members of its data, in their order, as stored.
  public func members() throws(ArchiveError) -> [ArchiveMember] {
    var reader = try openData()
    var members: [ArchiveMember] = []
    while let member = try reader.next() { members.append(member) }
    return members
  }

  /// Writes the wanted members below `folder` under their own paths, as regular files that anyone
  /// may read. A link stands for the file it leads to within the package. Each file appears
  /// whole or not at all, and nothing is written outside `folder`, whatever the package says.
  ///
  /// Throws `missing` where a pattern matches nothing. `limit` bounds the bytes written in all.
  public func extract(
    _ wanted: [MemberPattern], into folder: FilePath, limit: ByteCount = .gibibytes(1)
  ) throws(ArchiveError) -> [ExtractedMember] {
    var extraction = Extraction(
      package: path, wanted: wanted, target: try TargetFolder(folder), limit: limit)
    var reader = try openData()
    try extraction.takeWanted(from: &reader)
    if extraction.hasLinks {
      var again = try openData()
      try extraction.takeLinked(from: &again)
    }
    return try extraction.finish()
  }

  /// The archive of the files that it installs, ready for its first member.
  public func openData() throws(ArchiveError) -> ArchiveReader {
    var outer = try openOuter()
    guard try outer.next()?.path == "debian-binary" else {
      throw .notADebianPackage(path, found: "another ar archive, such as a static library")
    }
    let version = String(decoding: try outer.data(limit: .kibibytes(1)), as: UTF8.self)
    guard version.hasPrefix("2.") else {
      throw .notADebianPackage(path, found: "a package of an unknown format version")
    }
    while let member = try outer.next() {
      if member.path == "data.tar" || member.path.hasPrefix("data.tar.") {
        return try ArchiveReader(memberOf: outer, formats: [.tar, .packed])
      }
    }
    throw .missing(path, wanted: "data.tar", near: [])
  }

  private func openOuter() throws(ArchiveError) -> ArchiveReader {
    do {
      return try ArchiveReader(path, formats: .ar)
    } catch .notAnArchive(let path, let found) {
      throw .notADebianPackage(path, found: found)
    }
  }
}

/// A member that lies on disk now.
public struct ExtractedMember: Sendable, Hashable {
  /// Its path in the package, without `./`.
  public let path: String
  public let file: FilePath
  public let size: ByteCount

  public init(path: String, file: FilePath, size: ByteCount) {
    self.path = path
    self.file = file
    self.size = size
  }
}

public import Measures

extension DebianPackageFile {
  /// Goes through the files of its data once, in their order, and hands over the contents of those that
  /// are wanted, one at a time. Links are left out.
  ///
  /// - Parameters:
  ///   - wants: asked for every file, by its path without `./`.
  ///   - limit: the largest file that is taken.
  public func forEachFile(
    where wants: (String) -> Bool, limit: ByteCount, do body: (String, [UInt8]) -> Void
  ) throws(ArchiveError) {
    var reader = try openData()
    while let member = try reader.next() {
      guard case .file = member.kind, let path = try name(of: member), wants(path) else { continue }
      body(path, try reader.data(limit: limit))
    }
  }

  private func name(of member: ArchiveMember) throws(ArchiveError) -> String? {
    do throws(UnsafePath) {
      return try MemberPath(member.path)?.text
    } catch {
      throw .unsafePath(path, member: member.path, error)
    }
  }
}

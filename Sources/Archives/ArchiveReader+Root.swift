public import SystemPackage

extension ArchiveReader {
  /// Opens an archive of a root file system: tar or cpio, packed or not, or a Debian package, of which
  /// the files are read that it installs.
  public static func ofRoot(_ path: FilePath) throws(ArchiveError) -> ArchiveReader {
    try FileKind.start(of: path).starts(with: "!<arch>\n".utf8)
      ? DebianPackageFile(path).openData()
      : ArchiveReader(path, formats: [.tar, .cpio, .packed])
  }
}

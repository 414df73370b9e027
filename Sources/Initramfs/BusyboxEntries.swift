import CPIO

/// What every initramfs of ours begins with: folders, the devices that `/init` needs before it has
/// mounted `/dev`, and one static program that is all commands.
enum BusyboxEntries {
  static func entries(folders: [String], busybox: [UInt8], initScript: String) -> [CPIOEntry] {
    folders.map { CPIOEntry.folder($0) } + [
      .characterDevice("dev/console", major: 5, minor: 1),
      .characterDevice("dev/null", permissions: 0o666, major: 1, minor: 3),
      .file("bin/busybox", permissions: 0o755, data: busybox),
      .symlink("bin/sh", to: "busybox"),
      .file("init", permissions: 0o755, data: Array(initScript.utf8)),
    ]
  }

  /// The archive of these entries, each with the same time stamp.
  static func archive(_ entries: [CPIOEntry], modified: UInt32) throws(CPIOError) -> [UInt8] {
    var archive = CPIOArchive()
    for var entry in entries {
      entry.modified = modified
      try archive.add(entry)
    }
    return archive.encoded()
  }
}

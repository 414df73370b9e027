import Glibc
import SystemPackage
import Testing

/// A file system in memory that has room for little, to see what happens when a disk is full.
final class SmallDisk {
  let bench: Workbench
  var folder: FilePath { bench.folder }

  init(kibibytes: Int) throws {
    bench = try Workbench()
    try #require(
      mount("tmpfs", bench.folder.string, "tmpfs", 0, "size=\(kibibytes)k") == 0,
      "cannot mount a tmpfs: the tests of a full disk need root, as CI has it")
  }

  deinit { umount2(bench.folder.string, CInt(MNT_DETACH)) }
}

public import CPIO

/// A dom0 without a root file system: busybox, an init script, and a shell on the console.
///
/// ```
/// /init            the script of Templates/init.sh, which the kernel runs first
/// /bin/busybox     one static program that is all commands
/// /dev/console     for what init says before it has mounted /dev
/// ```
public enum BusyboxInitramfs {
  /// The archive in the kernel's `newc` format, uncompressed: it is small, and so needs nothing of
  /// the kernel's configuration.
  ///
  /// - Parameters:
  ///   - busybox: a statically linked busybox for the board's architecture.
  ///   - initScript: what the kernel runs as `/init`.
  ///   - modified: the time stamp of every member, in seconds since 1970.
  public static func archive(
    busybox: [UInt8], initScript: String, modified: UInt32
  ) throws(CPIOError) -> [UInt8] {
    let folders = ["bin", "dev", "etc", "proc", "root", "run", "sys", "tmp"]
    return try BusyboxEntries.archive(
      BusyboxEntries.entries(folders: folders, busybox: busybox, initScript: initScript),
      modified: modified)
  }
}

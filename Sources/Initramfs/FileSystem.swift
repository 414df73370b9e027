/// What a root's partition can hold.
public enum FileSystem: String, Sendable, Hashable, CaseIterable {
  case ext4

  /// The drivers of Linux that mount it.
  public var drivers: [String] { [rawValue] }

  /// What they ask the kernel for while they mount, by the names that they ask for. There is no
  /// `modprobe` in the initramfs which would load it then.
  ///
  /// Source: Linux `fs/ext4/super.c`, `crypto_alloc_shash("crc32c", …)`, and `fs/jbd2/journal.c`.
  public var helpers: [String] { ["crc32c_generic"] }
}

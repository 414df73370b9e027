public import Diagnostics
public import FAT
public import Measures
public import Partitions

/// A card that cannot be laid out.
public enum ImagePlanError: Error, Sendable, Hashable {
  /// The bootloader would overwrite the first partition's start, or be overwritten by it.
  case bootloaderReachesPartition(bootloader: ByteCount, offset: UInt64, partition: UInt64)
  /// The bootloader would overwrite the partition table.
  case bootloaderCoversTable(bootloader: ByteCount, offset: UInt64)
  case imageTooSmall(asked: ByteCount, needed: ByteCount)
  case oddImageSize(ByteCount, powerOfTwo: Bool)
  case oddPartitionSize(ByteCount, multiple: ByteCount)
  case bootPartition(FATError)
  case partitionTable(PartitionError)
}

extension ImagePlanError: DiagnosticConvertible {
  public var diagnostic: Diagnostic {
    switch self {
    case .bootloaderReachesPartition(let size, let offset, let partition):
      Diagnostic(
        .error,
        "the bootloader (\(size) from \(ByteCount(offset)) on) overlaps the boot partition, which "
          + "starts at \(ByteCount(partition))",
        help: "use a bootloader that ends before the partition: check that `inputs: bootloader:` "
          + "is a u-boot-sunxi-with-spl.bin")
    case .bootloaderCoversTable(let size, let offset):
      Diagnostic(
        .error,
        "the bootloader (\(size) from \(ByteCount(offset)) on) overlaps the partition table, "
          + "which takes the first 512 bytes",
        help: "correct `spl: offset:` in the file of the board's SoC")
    case .imageTooSmall(let asked, let needed):
      Diagnostic(
        .error,
        "an image of \(asked) cannot hold the card, which takes \(needed.rawValue) bytes",
        help: "ask for `image: size: \(needed.compact)` or more, or `auto`")
    case .oddImageSize(let size, powerOfTwo: true):
      Diagnostic(
        .error, "an image of \(size) would be refused by the machine: it takes powers of two only",
        help: "use `image: size: auto`")
    case .oddImageSize(let size, powerOfTwo: false):
      Diagnostic(
        .error, "an image of \(size.rawValue) bytes is no whole number of 512-byte sectors",
        help: "use `image: size: auto`")
    case .oddPartitionSize(let size, let multiple):
      Diagnostic(
        .error,
        "a partition of \(size.rawValue) bytes is no multiple of \(multiple), or too large",
        help: "use a size such as 64MiB")
    case .bootPartition(let error): error.diagnostic
    case .partitionTable(let error): error.diagnostic
    }
  }
}

public import Diagnostics

/// A GPT that cannot be written. Partitions count from 1; ranges are sectors unless said otherwise.
public enum GUIDTableError: Error, Sendable, Hashable {
  case tooMany(Int, room: Int)
  case empty(number: Int)
  case longName(number: Int, String)
  case overlap(first: Int, Range<UInt64>, second: Int, Range<UInt64>)
  /// The partition reaches into a table, the bootloader, or past the disk.
  case outside(number: Int, Range<UInt64>, usable: Range<UInt64>)
  /// Entries fill whole sectors of four, and readers take at most 1024.
  case oddEntryCount(Int)
  /// The entries were to begin in sector 0 or 1.
  case entriesCoverHeader(UInt64)
  case diskTooSmall(sectors: UInt64)
  /// In bytes from the start of the disk.
  case bootloaderInEntries(bootloader: Range<UInt64>, entries: Range<UInt64>)
  /// In bytes from the start of the disk.
  case bootloaderCoversHeader(Range<UInt64>)
  case protectiveRecord(PartitionError)
}

extension GUIDTableError: DiagnosticConvertible {
  public var diagnostic: Diagnostic {
    switch self {
    case .tooMany(let count, let room):
      Diagnostic(
        .error, "\(count) partitions are asked for, and this GPT has room for \(room)",
        help: "ask for more entries, or put the content of some partitions together")
    case .empty(let number):
      Diagnostic(.error, "partition \(number) has no sectors", help: "give it a size")
    case .longName(let number, let name):
      Diagnostic(
        .error, "the name of partition \(number), `\(name)`, is longer than a GPT can hold",
        help: "keep it to 36 characters")
    case .overlap(let first, let firstSectors, let second, let secondSectors):
      Diagnostic(
        .error, "partitions \(first) and \(second) overlap",
        notes: [
          "partition \(first) takes \(Self.sectors(firstSectors))",
          "partition \(second) takes \(Self.sectors(secondSectors))",
        ], help: "move or shrink one of them")
    case .outside(let number, let sectors, let usable):
      Diagnostic(
        .error,
        "partition \(number) takes \(Self.sectors(sectors)), and the table leaves "
          + "\(Self.sectors(usable)) to partitions",
        help: "move or shrink it, or make the disk larger")
    case .oddEntryCount(let count):
      Diagnostic(
        .error, "a GPT of \(count) entries is not written",
        help: "ask for a multiple of 4 from 4 to 1024; 128 are usual")
    case .entriesCoverHeader(let sector):
      Diagnostic(
        .error, "the entries of the GPT were to begin in sector \(sector), where its header lies",
        help: "begin them in sector 2 or later")
    case .diskTooSmall(let sectors):
      Diagnostic(
        .error, "a disk of \(sectors) sectors has no room for two GPTs and a partition",
        help: "make the disk larger, or use an MBR")
    case .bootloaderInEntries(let bootloader, let entries):
      Diagnostic(
        .error,
        "the bootloader (\(Self.bytes(bootloader))) and the entries of the GPT "
          + "(\(Self.bytes(entries))) overlap",
        help: GUIDPartitionTable.entryCount(endingBefore: bootloader.lowerBound) > 0
          ? "begin the entries behind the bootloader, or have at most "
            + "\(GUIDPartitionTable.entryCount(endingBefore: bootloader.lowerBound)) of them"
          : "begin the entries behind the bootloader")
    case .bootloaderCoversHeader(let bootloader):
      Diagnostic(
        .error,
        "the bootloader (\(Self.bytes(bootloader))) overlaps the header of the GPT, which takes "
          + "the first 1024 bytes",
        help: "check where the boot ROM looks for its bootloader")
    case .protectiveRecord(let error): error.diagnostic
    }
  }

  private static func sectors(_ range: Range<UInt64>) -> String {
    "sectors \(range.lowerBound) to \(range.upperBound - min(1, range.upperBound))"
  }

  private static func bytes(_ range: Range<UInt64>) -> String {
    "bytes 0x\(String(range.lowerBound, radix: 16)) to "
      + "0x\(String(range.upperBound - min(1, range.upperBound), radix: 16))"
  }
}

public import Diagnostics

/// A partition table that cannot be written, or bytes that are none. Partitions count from 1.
public enum PartitionError: Error, Sendable, Hashable {
  case tooMany(Int)
  case empty(number: Int)
  /// The partition begins in sector 0, which holds the table itself.
  case coversTable(number: Int)
  case overlap(first: Int, Range<UInt64>, second: Int, Range<UInt64>)
  /// The partition ends behind sector 2^32 - 1, the last that a table can name.
  case beyondReach(number: Int, end: UInt64)
  /// Fewer bytes than a sector has.
  case truncated(count: Int)
  /// The last two bytes are not 0x55 0xAA.
  case noSignature
  /// The first byte of a slot is neither 0 nor 0x80: a boot sector or other data, not a table.
  case strangeSlot(number: Int, flag: UInt8)
}

extension PartitionError: DiagnosticConvertible {
  public var diagnostic: Diagnostic {
    switch self {
    case .tooMany(let count):
      Diagnostic(
        .error,
        "\(count) partitions are asked for, and an MBR holds four",
        help: "put the content of some of them together")
    case .empty(let number):
      Diagnostic(.error, "partition \(number) has no sectors", help: "give it a size")
    case .coversTable(let number):
      Diagnostic(
        .error,
        "partition \(number) begins in sector 0, where the partition table lies",
        help: "begin it at 1 MiB (sector 2048) or later")
    case .overlap(let first, let firstSectors, let second, let secondSectors):
      Diagnostic(
        .error,
        "partitions \(first) and \(second) overlap",
        notes: [
          "partition \(first) takes \(Self.words(firstSectors))",
          "partition \(second) takes \(Self.words(secondSectors))",
        ],
        help: "move or shrink one of them")
    case .beyondReach(let number, let end):
      Diagnostic(
        .error,
        "partition \(number) ends at sector \(end), and an MBR reaches to sector \(UInt32.max)",
        help: "keep all partitions within the first 2 TiB")
    case .truncated(let count):
      Diagnostic(
        .error,
        "the disk or image has \(count) bytes, too few for a partition table",
        help: "check that the file is whole")
    case .noSignature:
      Diagnostic(
        .error,
        "sector 0 holds no partition table: its last bytes are not 55 aa",
        help: "check that this is the whole disk or image and not one partition of it")
    case .strangeSlot(let number, let flag):
      Diagnostic(
        .error,
        "sector 0 holds no partition table: slot \(number) begins with"
          + " 0x\(String(flag, radix: 16)), where only 0 and 0x80 make sense",
        help: "check that this is the whole disk or image and not one partition of it")
    }
  }

  private static func words(_ sectors: Range<UInt64>) -> String {
    "sectors \(sectors.lowerBound) to \(sectors.upperBound - min(1, sectors.upperBound))"
  }
}

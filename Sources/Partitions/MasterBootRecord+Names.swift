/// How Linux writes the ids that an MBR gives a disk and its partitions.
///
/// Source: Linux `block/partitions/msdos.c`, set_info.
extension MasterBootRecord {
  /// Eight hexadecimal digits.
  public static func diskID(of signature: UInt32) -> String { padded(UInt64(signature), 8) }

  /// What stands behind `PARTUUID=`: the disk's digits, and two at least for the partition's number.
  public static func partitionUUID(of signature: UInt32, _ number: Int) -> String {
    "\(diskID(of: signature))-\(padded(UInt64(clamping: number), 2))"
  }

  private static func padded(_ value: UInt64, _ width: Int) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}

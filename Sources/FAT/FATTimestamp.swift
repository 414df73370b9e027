/// A moment as FAT stores it: two seconds fine, from 1980 to 2107, without a time zone. We always
/// mean UTC, so that the place where an image is built never shows in its bytes.
///
///     date   year - 1980 (7 bits) | month (4) | day (5)
///     time   hour (5 bits) | minute (6) | second / 2 (5)
public struct FATTimestamp: Sendable, Hashable {
  public let date: UInt16
  public let time: UInt16

  /// From seconds since 1970 (UTC). What lies outside 1980...2107 becomes the nearest moment within.
  public init(secondsSince1970 seconds: Int64) {
    let clamped = min(max(seconds, Self.first), Self.last)
    let (days, rest) = (clamped / 86400, clamped % 86400)
    // Counted in years that begin in March, the leap day is the last of its year, and the months
    // repeat in a pattern of 153 days for five. 719468 days lie between 0000-03-01 and 1970-01-01,
    // and the calendar repeats after 400 years, which are 146097 days.
    let day = days + 719_468
    let (era, dayOfEra) = (day / 146_097, day % 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    let dayOfMonth = dayOfYear - (153 * marchMonth + 2) / 5 + 1
    let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    let year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
    date = UInt16(truncatingIfNeeded: (year - 1980) << 9 | month << 5 | dayOfMonth)
    let (hour, minute, second) = (rest / 3600, rest % 3600 / 60, rest % 60)
    time = UInt16(truncatingIfNeeded: hour << 11 | minute << 5 | second / 2)
  }

  /// 1980-01-01 00:00:00.
  private static let first: Int64 = 315_532_800
  /// 2107-12-31 23:59:58.
  private static let last: Int64 = 4_354_819_198
}

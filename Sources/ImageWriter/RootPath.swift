/// A member's path after it was judged: relative, names apart by one slash each, none of them `.` or
/// `..`; empty for the root.
enum RootPath {
  static let longest = 4095

  /// - Returns: the path, and whether it began with a slash.
  static func judged(_ path: [UInt8]) throws(RootFault) -> (path: [UInt8], isAbsolute: Bool) {
    guard path.count <= longest else { throw RootFault(.tooLong(bytes: path.count)) }
    var clean: [UInt8] = []
    clean.reserveCapacity(path.count)
    for name in path.split(separator: slash) {
      if name.count == 1, name.first == dot { continue }
      if name.count == 2, name.allSatisfy({ $0 == dot }) { throw RootFault(.climbsOut) }
      if name.contains(0) { throw RootFault(.zeroByte) }
      if !clean.isEmpty { clean.append(slash) }
      clean += name
    }
    return (clean, path.first == slash)
  }

  static let slash = UInt8(ascii: "/")
  private static let dot = UInt8(ascii: ".")
}

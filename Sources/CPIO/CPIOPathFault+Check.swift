extension CPIOPathFault {
  /// What keeps `path` from standing in an archive; nil where nothing does.
  static func fault(of path: String) -> CPIOPathFault? {
    let bytes = path.utf8
    if bytes.isEmpty { return .empty }
    if bytes.contains(0) { return .zeroByte }
    if bytes.first == UInt8(ascii: "/") { return .leadingSlash }
    // PATH_MAX of Linux, with the zero byte at the end.
    if bytes.count > 4095 { return .tooLong(bytes: bytes.count) }
    if path == CPIOHeader.trailer { return .reserved }
    // By bytes, as the kernel splits: to String, a slash with an accent behind it is another
    // character.
    for name in bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
      if name.isEmpty { return .emptyName }
      if name.elementsEqual(".".utf8) || name.elementsEqual("..".utf8) { return .dots }
    }
    return nil
  }
}

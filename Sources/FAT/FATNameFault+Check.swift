extension FATNameFault {
  /// What keeps `name` from standing in a folder; nil where nothing does.
  ///
  /// Source: Microsoft FAT specification 1.03, "Long Directory Entries".
  static func fault(of name: some StringProtocol) -> FATNameFault? {
    let scalars = name.unicodeScalars
    guard let last = scalars.last else { return .empty }
    if name == "." || name == ".." { return .dots }
    if let wrong = scalars.first(where: isForbidden) { return .character(wrong) }
    if last == "." || last == " " { return .trailing(last) }
    let units = name.utf16.count
    return units > 255 ? .tooLong(units: units) : nil
  }

  private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "\"", "*", "/", ":", "<", ">", "?", "\\", "|", "\u{7F}": true
    case "\u{FFFE}", "\u{FFFF}": true  // 0xFFFF pads the entries of a long name.
    default: scalar.value < 0x20
    }
  }
}

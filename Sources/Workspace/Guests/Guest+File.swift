public import StrictYAML

extension Guest {
  /// Reads the text of a file that holds nothing but a list of guests. Every file of theirs has its
  /// address there: nothing is known of the memory in which one could be looked for.
  public static func list(parsing bytes: [UInt8], file: String) throws(YAMLError) -> [Guest] {
    try YAMLDocument(bytes: bytes, file: file).root.guests(takesAuto: false)
  }
}

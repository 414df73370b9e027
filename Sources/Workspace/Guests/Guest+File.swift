public import StrictYAML

extension Guest {
  /// Reads the text of a file that holds nothing but a list of guests.
  public static func list(parsing bytes: [UInt8], file: String) throws(YAMLError) -> [Guest] {
    try YAMLDocument(bytes: bytes, file: file).root.guests()
  }
}

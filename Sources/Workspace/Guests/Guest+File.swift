import Files
import Measures
public import StrictYAML
public import SystemPackage

extension Guest {
  /// Reads the text of a file that holds nothing but a list of guests.
  public static func list(parsing bytes: [UInt8], file: String) throws(YAMLError) -> [Guest] {
    try YAMLDocument(bytes: bytes, file: file).root.guests()
  }

  /// Reads a file of guests. Relative paths in it count from its folder.
  public static func list(contentsOf path: FilePath) throws -> [Guest] {
    try list(parsing: readFile(path, limit: .mebibytes(1)), file: path.string)
  }
}

import Boards
import Measures

/// A paragraph of fields, as apt prints it for each version of a package.
///
/// Source: deb822(5).
struct ControlRecord {
  /// Names in lower case.
  private var fields: [String: String] = [:]

  subscript(name: String) -> String? { fields[name.lowercased()] }

  /// The records of `text`, which empty lines part.
  static func list(_ text: String) -> [ControlRecord] {
    var records: [ControlRecord] = []
    var current = ControlRecord()
    var name: String?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.allSatisfy({ $0 == " " || $0 == "\t" }) {
        if !current.fields.isEmpty { records.append(current) }
        current = ControlRecord()
        name = nil
      } else if line.first == " " || line.first == "\t" {
        if let name { current.fields[name]? += "\n" + line.drop { $0 == " " || $0 == "\t" } }
      } else if let colon = line.firstIndex(of: ":") {
        let key = line[..<colon].lowercased()
        current.fields[key] = String(line[line.index(after: colon)...].drop { $0 == " " })
        name = key
      }
    }
    if !current.fields.isEmpty { records.append(current) }
    return records
  }

  /// Nil where a field is missing or is not what it must be. The hash becomes a file's name, so
  /// its letters are looked at even though the index is signed.
  var package: ResolvedPackage? {
    guard let name = self["Package"], PackageName.isValid(name),
      let version = self["Version"], PackageName.isValid(version: version),
      let architecture = self["Architecture"], let hash = self["SHA256"]?.lowercased(),
      FileHash.isSHA256(hash),
      let size = self["Size"].flatMap({ UInt64($0) })
    else { return nil }
    return ResolvedPackage(
      name: name, version: version, architecture: architecture, sha256: hash,
      size: ByteCount(size), dependencies: Dependency.list(self["Depends"] ?? ""))
  }
}

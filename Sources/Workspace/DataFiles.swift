public import Diagnostics
import Files
import Measures
public import SystemPackage

/// Boards and Templates: those in the program, and those of the user that come before them.
///
/// ```
/// PROJECT/Boards/x.yaml   before   $CTBOOT_DATA/Boards/x.yaml   before   the shipped Boards/x.yaml
/// ```
public struct DataFiles: Sendable {
  /// A text with the name that errors call it.
  public struct TextFile: Sendable, Hashable {
    public let file: String
    public let text: String
  }

  /// Folders of the user's, the strongest first.
  private let folders: [FilePath]
  private static let limit = ByteCount.mebibytes(1)

  /// - Parameter project: the folder of the project file, if there is one.
  public init(project: FilePath?, surroundings: Surroundings) throws(DataFileError) {
    var folders = project.map { [$0] } ?? []
    if let data = surroundings.data {
      guard isFolder(data.appending("Boards")) || isFolder(data.appending("Templates"))
      else { throw .noDataFolder(data) }
      folders.append(data)
    }
    self.folders = folders
  }

  /// A template by its name below Templates.
  public func template(_ name: String) throws -> TextFile {
    let path = "Templates/\(name)"
    if let own = try ownText(at: path) { return own }
    guard let shipped = ShippedData.templates.first(where: { $0.path == path }) else {
      throw DataFileError.missing(path)
    }
    return TextFile(file: shipped.path, text: shipped.text)
  }

  /// A file of the user's; nil where there is none.
  func ownText(at path: String) throws -> TextFile? {
    for folder in folders {
      let file = folder.appending(path)
      // Whatever stands there is meant: one that cannot be read is told, not passed over.
      if stands(file) { return try Self.read(file) }
    }
    return nil
  }

  /// The user's YAML files directly in a folder, by what they would be called if they were shipped;
  /// of two with one name the stronger.
  func ownTexts(in folder: String) throws -> [String: TextFile] {
    var found: [String: TextFile] = [:]
    for own in folders.reversed() {
      for name in try Self.names(in: own.appending(folder))
      where Self.isYAML("\(folder)/\(name)", in: folder) {
        found["\(folder)/\(name)"] = try Self.read(own.appending("\(folder)/\(name)"))
      }
    }
    return found
  }

  static func isYAML(_ path: String, in folder: String) -> Bool {
    guard path.hasPrefix(folder + "/"), path.hasSuffix(".yaml") else { return false }
    let name = path.dropFirst(folder.count + 1)
    return !name.contains("/") && !name.hasPrefix(".")
  }

  private static func read(_ path: FilePath) throws -> TextFile {
    let bytes = try readFile(path, limit: limit)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw DataFileError.notText(path)
    }
    return TextFile(file: path.string, text: text)
  }

  /// The names in a folder; none where there is nothing of that name.
  private static func names(in folder: FilePath) throws(DataFileError) -> [String] {
    guard stands(folder) else { return [] }
    do {
      return try fileNames(in: folder)
    } catch {
      throw .unreadableFolder(folder)
    }
  }
}

/// Data that is not where it should be.
public enum DataFileError: Error, Sendable, Hashable {
  case noDataFolder(FilePath)
  case missing(String)
  case notText(FilePath)
  case unreadableFolder(FilePath)
}

extension DataFileError: DiagnosticConvertible {
  public var diagnostic: Diagnostic {
    switch self {
    case .noDataFolder(let path):
      Diagnostic(
        .error, "CTBOOT_DATA names `\(path)`, which holds neither Boards nor Templates",
        help: "name the folder that holds them, or unset CTBOOT_DATA for the shipped ones")
    case .missing(let path):
      Diagnostic(
        .error, "there is no \(path)",
        help: "put one beside the project file or below CTBOOT_DATA")
    case .unreadableFolder(let path):
      Diagnostic(
        .error, "\(path) cannot be read as a folder of boards",
        help: "make it a folder that may be read, or take it away")
    case .notText(let path):
      Diagnostic(
        .error, "\(path) is no UTF-8 text", help: "save it as UTF-8")
    }
  }
}

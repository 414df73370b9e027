public import Boards
public import Diagnostics
import Files
import Foundation
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
      guard Self.isFolder(data.appending("Boards")) || Self.isFolder(data.appending("Templates"))
      else { throw .noDataFolder(data) }
      folders.append(data)
    }
    self.folders = folders
  }

  /// A template by its name below Templates.
  public func template(_ name: String) throws -> TextFile {
    let path = "Templates/\(name)"
    guard let file = try text(at: path) else { throw DataFileError.missing(path) }
    return file
  }

  /// All boards and SoCs there are.
  public func boards() throws -> BoardCatalogue {
    let socs = try texts(in: "Boards/soc").map { try SoC(text: $0.text, file: $0.file) }
    let boards = try texts(in: "Boards").map { try Board(text: $0.text, file: $0.file) }
    return try BoardCatalogue(socs: socs, boards: boards)
  }

  /// Where a distribution keeps what a board boots.
  public func distribution(_ name: String) throws -> Distribution {
    let path = "Boards/distribution/\(name).yaml"
    guard let file = try text(at: path) else { throw DataFileError.missing(path) }
    return try Distribution(text: file.text, file: file.file)
  }

  private func text(at path: String) throws -> TextFile? {
    for folder in folders {
      let file = folder.appending(path)
      // Whatever stands there is meant: one that cannot be read is told, not passed over.
      if Self.stands(file) { return try Self.read(file) }
    }
    return ShippedData.files.first { $0.path == path }.map {
      TextFile(file: $0.path, text: $0.text)
    }
  }

  /// All YAML files directly in a folder, by their names; of two with one name the stronger.
  func texts(in folder: String) throws -> [TextFile] {
    var found: [String: TextFile] = [:]
    for file in ShippedData.files where Self.isYAML(file.path, in: folder) {
      found[file.path] = TextFile(file: file.path, text: file.text)
    }
    for own in folders.reversed() {
      for name in try Self.names(in: own.appending(folder))
      where Self.isYAML("\(folder)/\(name)", in: folder) {
        found["\(folder)/\(name)"] = try Self.read(own.appending("\(folder)/\(name)"))
      }
    }
    return found.sorted { $0.key < $1.key }.map(\.value)
  }

  private static func isYAML(_ path: String, in folder: String) -> Bool {
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
      return try FileManager.default.contentsOfDirectory(atPath: folder.string)
    } catch {
      throw .unreadableFolder(folder)
    }
  }

  /// Whether anything stands there, be it a link to nothing.
  private static func stands(_ path: FilePath) -> Bool {
    (try? FileManager.default.attributesOfItem(atPath: path.string)) != nil
  }

  private static func isFolder(_ path: FilePath) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path.string, isDirectory: &isFolder)
      && isFolder.boolValue
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

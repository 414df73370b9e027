public import Foundation
import OutsideTools
public import Testing

/// A folder with a project file, removed with all that is in it.
public final class TestProject: Sendable {
  public let folder: URL

  /// - Parameter text: the project file.
  public init(_ text: String = "board: cubietruck\n", named name: String = "project") throws {
    folder = FileManager.default.temporaryDirectory
      .appending(path: "ctboot-test-\(UUID().uuidString)/\(name)", directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try write(text, as: "ctboot.yaml")
  }

  deinit { try? FileManager.default.removeItem(at: folder.deletingLastPathComponent()) }

  public subscript(name: String) -> URL { folder.appending(path: name) }

  public func write(_ text: String, as name: String) throws {
    try write(Data(text.utf8), as: name)
  }

  public func write(_ data: Data, as name: String) throws {
    try FileManager.default.createDirectory(
      at: self[name].deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: self[name])
  }

  public func text(of name: String) throws -> String {
    try String(contentsOf: self[name], encoding: .utf8)
  }

  /// Runs the program in the folder; from the cache of packages alone, since what it needs is
  /// there once a good build has been made.
  public func run(
    _ arguments: String..., environment: [String: String?] = [:]
  ) async throws -> Ctboot.Outcome {
    try await Ctboot.run(arguments, in: folder, environment: environment)
  }

  /// All files below a folder of the project, hidden ones included, sorted.
  public func files(in name: String = "build") throws -> [String] {
    let paths = try FileManager.default.subpathsOfDirectory(atPath: self[name].path)
    return paths.filter { path in
      var isFolder: ObjCBool = false
      let exists = FileManager.default.fileExists(
        atPath: self[name].appending(path: path).path, isDirectory: &isFolder)
      return exists && !isFolder.boolValue
    }.sorted()
  }

  /// Puts a copy of the good build into the folder, as a build before this one left it.
  public func putEarlierBuild() async throws {
    let good = try await GoodBuild.shared()
    try FileManager.default.createDirectory(at: self["build"], withIntermediateDirectories: true)
    let copy = try OutsideTool.run(
      "cp", ["-a", "--sparse=always", good.project["build"].path + "/.", self["build"].path])
    try #require(copy.status == 0, "\(copy.output)")
  }

  /// The earlier build is as it was, byte by byte, and nothing else lies beside it.
  public func expectEarlierBuildUntouched(
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let good = try await GoodBuild.shared()
    let difference = try OutsideTool.run(
      "diff", ["-rq", good.project["build"].path, self["build"].path])
    #expect(difference.output == "", sourceLocation: sourceLocation)
  }

  /// Programs that still run in the folder, by their names.
  public func processesLeft() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "/proc").filter { Int($0) != nil }
      .filter { id in
        let place = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(id)/cwd")
        return place == folder.resolvingSymlinksInPath().path
      }.compactMap { try? String(contentsOfFile: "/proc/\($0)/comm", encoding: .utf8) }
  }
}

public import Foundation

/// A program of the system that judges what we write. Only tests use it.
public enum OutsideTool {
  /// What a program said and how it ended.
  public struct Result: Sendable, Equatable {
    public let status: Int32
    /// Standard output and standard error, as they came.
    public let output: String
  }

  /// The test cannot judge anything without this program, so it fails.
  public struct Missing: Error, CustomStringConvertible {
    public let description: String
  }

  /// Runs the program to its end, with the same language and time zone everywhere.
  public static func run(
    _ name: String, _ arguments: [String], in folder: URL? = nil, input: URL? = nil
  ) throws -> Result {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    let places = path.split(separator: ":").map(String.init) + ["/usr/sbin", "/sbin"]
    let found = places.map { $0 + "/" + name }.first(
      where: FileManager.default.isExecutableFile(atPath:))
    guard let found else {
      throw Missing(description: "this test needs the program `\(name)`, which is not installed")
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: found)
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = [
      "PATH": places.joined(separator: ":"), "LC_ALL": "C.UTF-8", "TZ": "UTC",
    ]
    process.standardInput = try input.map(FileHandle.init(forReadingFrom:)) ?? .nullDevice
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Result(
      status: process.terminationStatus, output: String(decoding: output, as: UTF8.self))
  }

  /// A new folder under the system's temporary one, removed when `body` is done.
  public static func withTemporaryFolder<T>(_ body: (URL) throws -> T) throws -> T {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "ctboot-test-\(UUID().uuidString)", isDirectory: true)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
  }
}

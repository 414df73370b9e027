import Foundation

/// The device-tree compiler, as the judge of what a tree says.
enum DTC {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// The blob that dtc makes of source text.
  static func compile(_ source: String, arguments: [String] = []) throws -> [UInt8] {
    try run(["-q", "-I", "dts", "-O", "dtb"] + arguments, on: Array(source.utf8))
  }

  /// The source text that dtc makes of a blob, in the blob's order.
  static func decompile(_ blob: [UInt8]) throws -> String {
    String(decoding: try run(["-q", "-I", "dtb", "-O", "dts"], on: blob), as: UTF8.self)
  }

  private static func run(_ arguments: [String], on input: [UInt8]) throws -> [UInt8] {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("devicetree-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let source = folder.appendingPathComponent("in")
    let result = folder.appendingPathComponent("out")
    try Data(input).write(to: source)

    let process = Process()
    process.executableURL = try program()
    process.arguments = arguments + ["-o", result.path, source.path]
    let complaints = Pipe()
    process.standardError = complaints
    try process.run()
    let words = complaints.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure(description: "dtc refuses its input: \(String(decoding: words, as: UTF8.self))")
    }
    return [UInt8](try Data(contentsOf: result))
  }

  private static func program() throws -> URL {
    let folders = ProcessInfo.processInfo.environment["PATH"] ?? ""
    for folder in folders.split(separator: ":") {
      let path = folder + "/dtc"
      if FileManager.default.isExecutableFile(atPath: String(path)) {
        return URL(fileURLWithPath: String(path))
      }
    }
    throw Failure(
      description: "dtc is not on the PATH, and these tests need it: install device-tree-compiler")
  }
}

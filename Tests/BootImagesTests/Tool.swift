import Foundation
import Testing

/// Outside programs that judge what is made here.
enum Tool {
  /// What a program of Debian's u-boot-tools prints about a file of these bytes. A missing program
  /// is a failure, never a skipped test.
  static func run(_ name: String, _ arguments: [String], on bytes: [UInt8]) throws -> String {
    let found = ["/usr/bin", "/usr/local/bin", "/bin"].map { "\($0)/\(name)" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
    let program = try #require(found, "\(name) is missing: apt install u-boot-tools")

    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("bootimages-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("image")
    try Data(bytes).write(to: file)

    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments + [file.path]
    process.environment = ["TZ": "UTC", "LC_ALL": "C"]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(name) failed")
    return String(decoding: text, as: UTF8.self)
  }
}

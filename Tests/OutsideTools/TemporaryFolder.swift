import Foundation

/// A new folder under the system's temporary one, removed with its contents when nothing refers to
/// it any more. For tests that keep one; `OutsideTool.withTemporaryFolder` serves the others.
public final class TemporaryFolder: Sendable {
  public let path: String

  public init() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "ctboot-test-\(UUID().uuidString)", isDirectory: true)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    path = folder.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

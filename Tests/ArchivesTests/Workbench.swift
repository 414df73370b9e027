import Archives
import OutsideTools
import Subprocess
import SystemPackage
import Testing

/// A folder for one test, with the tools that make archives. It is removed with its contents.
final class Workbench: Sendable {
  let folder: FilePath
  private let temporary: TemporaryFolder

  init() throws {
    temporary = try TemporaryFolder()
    folder = FilePath(temporary.path)
  }

  /// Runs a shell script in the folder and returns what it prints.
  @discardableResult
  func shell(_ script: String) async throws -> String {
    let result = try await run(
      .path("/bin/sh"), arguments: ["-euc", script],
      environment: .inherit.updating(["LC_ALL": "C"]),
      workingDirectory: folder, output: .string(limit: 1 << 20), error: .string(limit: 1 << 16))
    try #require(
      result.terminationStatus.isSuccess, "\(script)\nfailed: \(result.standardError)")
    return result.standardOutput
  }

  /// Makes `x.deb` of a `data.tar*` that lies in the folder.
  func package(_ data: String = "data.tar") async throws -> DebianPackageFile {
    try await shell(
      """
      echo 2.0 > debian-binary
      tar -cf control.tar debian-binary
      rm -f x.deb
      ar rc x.deb debian-binary control.tar \(data)
      """)
    return DebianPackageFile(folder.appending("x.deb"))
  }

  func bytes(_ name: String) throws -> [UInt8] {
    let file = try FileDescriptor.open(folder.appending(name), .readOnly)
    defer { try? file.close() }
    var bytes = [UInt8](repeating: 0, count: Int(try file.seek(offset: 0, from: .end)))
    _ = try bytes.withUnsafeMutableBytes { try file.read(fromAbsoluteOffset: 0, into: $0) }
    return bytes
  }

  func write(_ bytes: some Sequence<UInt8>, to name: String) throws {
    let file = try FileDescriptor.open(
      folder.appending(name), .writeOnly, options: [.create, .truncate],
      permissions: [.ownerReadWrite])
    defer { try? file.close() }
    try file.writeAll(bytes)
  }

  /// Every path below the folder `out` and beside it, as a listing.
  func listing() async throws -> String { try await shell("find out -not -type d | sort") }
}

import Files
import SystemPackage
import Testing

@Suite struct FileLockTests {
  let bench: Workbench

  init() throws { bench = try Workbench() }

  /// A lock that a closure can let go of.
  final class Holder {
    var lock: FileLock?
    init(_ path: FilePath) throws { lock = try FileLock(tryingAt: path) }
  }

  @Test func twoCannotHoldIt() throws {
    let path = bench["lock"]
    let holder = try Holder(path)
    #expect(throws: FileError.locked(path)) { _ = try FileLock(tryingAt: path) }
    holder.lock = nil
    _ = try FileLock(tryingAt: path)
    #expect(bench.names == ["lock"])
  }

  @Test func refusesAFolder() throws {
    #expect(throws: FileError.notFile(bench.folder, .folder)) {
      _ = try FileLock(tryingAt: bench.folder)
    }
  }
}

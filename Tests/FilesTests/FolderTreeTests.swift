import Files
import Glibc
import SystemPackage
import Testing

@Suite struct FolderTreeTests {
  let bench: Workbench

  init() throws { bench = try Workbench() }

  private func lines(_ tree: FolderTree) -> [String] {
    tree.entries.map { entry in
      let name = entry.path.map { $0 < 0x7F ? String(UnicodeScalar($0)) : "\\\($0)" }.joined()
      return switch entry.kind {
      case .symlink(let target): "\(name) -> \(String(decoding: target, as: UTF8.self))"
      case .hardlink(let target): "\(name) = \(String(decoding: target, as: UTF8.self))"
      case .file: "\(name) \(entry.size) \(String(entry.mode, radix: 8))"
      case .folder: "\(name)/"
      case .fifo: "\(name) fifo"
      default: "\(name) \(entry.kind)"
      }
    }
  }

  @Test func entriesComeInTheOrderOfTheirBytes() throws {
    try ensureFolder(bench["r/b"])
    try ensureFolder(bench["r/B"])
    for name in ["r/b/2", "r/b.txt", "r/a", "r/é"] { try bench.put(name, as: name) }
    #expect(link(bench["r/a"].string, bench["r/b/1"].string) == 0)
    #expect(symlink("../a", bench["r/b/link"].string) == 0)
    #expect(mkfifo(bench["r/pipe"].string, 0o600) == 0)
    #expect(chmod(bench["r/a"].string, 0o4711) == 0)
    let latin: [CChar] = Array(bench["r/"].string.utf8CString.dropLast()) + [0x2F, -1, 0]
    #expect(mkdir(latin, 0o755) == 0)
    #expect(
      try lines(FolderTree(bench["r"])) == [
        "/", "B/", "a 3 4711", "b/", "b/1 = a", "b/2 5 600", "b/link -> ../a", "b.txt 7 600",
        "pipe fifo", "\\195\\169 4 600", "\\255/",
      ])
  }

  @Test func timesToTheNanosecond() throws {
    try bench.put("x", as: "file")
    var times = [timespec(tv_sec: 5, tv_nsec: 6), timespec(tv_sec: 1_234_567_890, tv_nsec: 7)]
    #expect(utimensat(AT_FDCWD, bench["file"].string, &times, 0) == 0)
    let entry = try FolderTree(bench.folder).entries[1]
    #expect(entry.seconds == 1_234_567_890)
    #expect(entry.nanoseconds == 7)
  }

  @Test func whatIsNoFolder() throws {
    try bench.put("x", as: "file")
    var failure: FileError?
    do { _ = try FolderTree(bench["file"]) } catch { failure = error }
    #expect(failure == .notFolder(bench["file"], .file))
    do { _ = try FolderTree(bench["none"]) } catch { failure = error }
    #expect(failure == .system(.open, bench["none"], .noSuchFileOrDirectory))
  }
}

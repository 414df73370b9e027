import Ext4
import Foundation
import Glibc
import ImageWriter
import Testing

/// The same sources give the same bytes. The process's own settings are changed in a process of its
/// own, since the other tests run beside.
@Suite struct SameBytesTests {
  @Test func ofAnArchiveOnlyItsBytesCount() async {
    await #expect(processExitsWith: .success) {
      let bench = try RootBench()
      let source = try bench.tar {
        for number in 0..<300 { $0.add("folder/name-\(number)ä", .file, "\(number)") }
        $0.add(Array("x".utf8), pax: [("path", Array("ü".utf8))])
      }
      let first = try bench.write([source], as: "first.img").bytes
      try changeSettings()
      try bench.shell("mkdir other; cp root.tar other/copy; chmod 400 other/copy")
      let second = try bench.write([.archive(bench.path("other/copy"))], as: "second.img").bytes
      try #require(first == second)
      let identity = try RootIdentity(of: [source])
      try #require(try RootIdentity(of: [.archive(bench.path("other/copy"))]) == identity)
    }
  }

  /// A copy that was made in another order, by another user, with other times of change and of reading,
  /// and with its holes filled.
  @Test func ofAFolderItsPlaceDoesNotCount() async {
    await #expect(processExitsWith: .success) {
      let bench = try RootBench()
      try bench.shell(
        """
        mkdir -p one/etc one/usr/bin; cd one
        for n in $(seq 300); do echo $n > usr/bin/tool-$n; done
        truncate -s 1M etc/hole; printf x >> etc/hole; ln usr/bin/tool-7 etc/seven; ln -s ../usr etc/link
        printf '\\377' > "$(printf 'etc/\\351')"; chmod 4755 usr/bin/tool-8; mkfifo etc/pipe
        find . -exec touch -h -d '2020-02-02 02:02:02.123456789' {} +
        """)
      let first = try bench.write([.folder(bench.path("one"))], as: "first.img").bytes
      let identity = try RootIdentity(of: [.folder(bench.path("one"))])
      try changeSettings()
      try bench.shell(
        """
        mkdir two; cd one; find . -mindepth 1 -type d | sort | tar -c --no-recursion -T - | tar -xp -C ../two
        find . -mindepth 1 -not -type d | sort -r | tar -c -T - | tar -xp -C ../two
        cd ../two; cp etc/hole full; cat full > etc/hole; rm full
        find . -exec touch -h -r ../one/etc/hole {} +; chown -Rh 1234:1234 .; chmod 4755 usr/bin/tool-8
        chmod 755 . etc usr usr/bin
        """)
      let second = try bench.write([.folder(bench.path("two"))], as: "second.img").bytes
      try #require(first == second)
      try #require(try RootIdentity(of: [.folder(bench.path("two"))]) == identity)
    }
  }
}

private func changeSettings() throws {
  setenv("TZ", "Asia/Tokyo", 1)
  tzset()
  umask(0o077)
  try #require(setlocale(LC_ALL, "C.UTF-8") != nil)
}

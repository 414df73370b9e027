import Ext4
import Foundation
import Measures
import OutsideTools
import Testing

@Suite(.serialized) struct LargeFolderTests {
  /// 2000 short names take one level of index, 100,000 of some length two.
  @Test(arguments: [(2_000, 0), (100_000, 20)])
  func everyNameIsFoundByItsHash(count: Int, length: Int) throws {
    let names = (0..<count).map { "\($0)é" + String(repeating: "-", count: length) }
    try OutsideTool.withTemporaryFolder { folder in
      let image = try Image(.test(.content(slack: 0)), in: folder) { writer in
        for name in names { try writer.add(.fifo, at: Path("big/" + name), .plain()) }
      }
      let dump = try image.ask("htree_dump /big")
      #expect(dump.contains("Indirect levels: \(length > 0 ? 1 : 0)"))
      #expect(
        try image.ask("stat /big/77é" + String(repeating: "-", count: length)).contains("FIFO"))
      try withMount(image.url) { mount in
        // The kernel looks a name up by its hash alone.
        for name in names {
          var status = stat()
          guard lstat(mount + "/big/" + name, &status) != 0 else { continue }
          Issue.record("the kernel does not find \(name)")
          return
        }
        let listed = try FileManager.default.contentsOfDirectory(atPath: mount + "/big")
        #expect(listed.count == count)
      }
      let reader = try Ext4Reader(BytesOfFile(image.url))
      let found = try #require(try reader.list(Path("big")))
      #expect(Set(found.map(\.name)) == Set(names.map { Path($0) }))
    }
  }

  @Test func manyFoldersInOneAreCounted() throws {
    try OutsideTool.withTemporaryFolder { folder in
      let image = try Image(.test(.content(slack: 0)), in: folder) { writer in
        for number in 0..<500 { try writer.add(.folder, at: Path("d/\(number)"), .plain(0o755)) }
      }
      #expect(try image.ask("stat /d").contains("Links: 502"))
    }
  }
}

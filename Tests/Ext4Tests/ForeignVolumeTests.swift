import Diagnostics
import Ext4
import Foundation
import Measures
import OutsideTools
import Testing

/// Volumes that others made, read by us.
@Suite(.serialized) struct ForeignVolumeTests {
  static let recipes: [(name: String, arguments: [String])] = [
    ("ext2, 1 KiB blocks", ["-t", "ext2", "-b", "1024"]),
    ("ext2, 4 KiB blocks", ["-t", "ext2", "-b", "4096"]),
    ("ext2, old inodes", ["-t", "ext2", "-I", "128"]),
    ("ext2, first revision", ["-t", "ext2", "-r", "0"]),
    ("ext3", ["-t", "ext3", "-b", "1024"]),
    ("ext4, 1 KiB blocks", ["-t", "ext4", "-b", "1024"]),
    ("ext4, 2 KiB blocks", ["-t", "ext4", "-b", "2048", "-I", "512"]),
    ("ext4, 4 KiB blocks", ["-t", "ext4", "-b", "4096"]),
    ("ext4 without 64bit", ["-t", "ext4", "-O", "^64bit"]),
    ("ext4 without extents", ["-t", "ext4", "-b", "1024", "-O", "^extent,^64bit"]),
    ("ext4 with meta_bg", ["-t", "ext4", "-b", "1024", "-O", "meta_bg,^resize_inode"]),
    ("ext4 with clusters", ["-t", "ext4", "-O", "bigalloc"]),
    ("ext4 with a seed", ["-t", "ext4", "-O", "metadata_csum_seed,large_dir"]),
  ]

  /// All kinds of files, and one whose blocks reach into the third table of ext2.
  private static func make(_ folder: URL) throws -> Image {
    let tree = SampleTree(seed: 17, count: 150, bytes: 2 << 20, blockSize: 1024)
    return try Image(.test(.content(slack: 0)), in: folder, named: "source") { writer in
      try tree.add(to: &writer)
      try writer.addFile(Path("far"), size: 68 << 20, .plain())
      for offset in [0, 11, 12, 13, 267, 268, 269, 3000, 65_803, 65_804, 66_000] as [UInt64] {
        try writer.write(Path("block \(offset)").span.bytes, at: offset * 1024)
      }
    }
  }

  @Test(arguments: 0..<recipes.count)
  func weSeeWhatTheKernelSees(recipe: Int) throws {
    let (name, arguments) = Self.recipes[recipe]
    try OutsideTool.withTemporaryFolder { folder in
      let source = try Self.make(folder)
      let url = folder.appendingPathComponent("foreign")
      try withMount(source.url) { mount in
        let make = try OutsideTool.run(
          "mke2fs", ["-q", "-F", "-d", mount] + arguments + [url.path, "64M"])
        try #require(make.status == 0, "\(name): \(make.output)")
      }
      let reader = try Ext4Reader(BytesOfFile(url))
      #expect(name.hasPrefix(reader.kind))
      let seen = try withMount(url) { try FolderWalk($0).inventory }
      #expect(seen.count > 100)
      expectEqual(try ReaderWalk(reader).inventory, seen)
    }
  }

  /// What dumpe2fs says is free.
  @Test func howMuchIsFree() throws {
    try OutsideTool.withTemporaryFolder { folder in
      let url = folder.appendingPathComponent("foreign")
      _ = try OutsideTool.run("mke2fs", ["-q", "-t", "ext4", "-d", "/etc/apt", url.path, "64M"])
      let reader = try Ext4Reader(BytesOfFile(url))
      let told = try OutsideTool.run("dumpe2fs", ["-h", url.path])
      let line = told.output.split(separator: "\n").first { $0.hasPrefix("Free blocks:") } ?? ""
      #expect(line.filter(\.isNumber) == "\(reader.freeBlockCount)", "\(told.output)")
    }
  }

  @Test func aFolderThatTheKernelIndexed() throws {
    try OutsideTool.withTemporaryFolder { folder in
      let url = folder.appendingPathComponent("foreign")
      _ = try OutsideTool.run("mke2fs", ["-q", "-t", "ext4", "-b", "1024", url.path, "64M"])
      try withMount(url, options: "rw") { mount in
        let fill = try OutsideTool.run(
          "bash",
          ["-c", "cd \"$1\" && mkdir d && cd d && seq -f name-%g 5000 | xargs touch", "-", mount])
        try #require(fill.status == 0, "\(fill.output)")
      }
      let reader = try Ext4Reader(BytesOfFile(url))
      let names = Set(try #require(try reader.list(Path("d"))).map(\.name))
      #expect(names == Set((1...5000).map { Path("name-\($0)") }))
    }
  }

  /// As a card that was pulled out of a running board.
  @Test func aJournalThatWaitsIsTold() throws {
    try OutsideTool.withTemporaryFolder { folder in
      let image = try Image(.test(.fixed(.mebibytes(32))), in: folder)
      let pulled = folder.appendingPathComponent("pulled")
      try withMount(image.url, options: "rw") { mount in
        let use = try OutsideTool.run(
          "bash",
          [
            "-c", "touch \"$1\"/file && sync && cp \"$2\" \"$3\"", "-", mount, image.url.path,
            pulled.path,
          ])
        try #require(use.status == 0, "\(use.output)")
      }
      let before = try Ext4Reader(BytesOfFile(pulled))
      #expect(before.needsRecovery)
      // Unmounted in order, nothing waits.
      let after = try Ext4Reader(BytesOfFile(image.url))
      #expect(!after.needsRecovery)
      #expect(try after.entry(Path("file"))?.isFile == true)
      #expect(after.label == Path("test") && after.uuid == Array(0x10..<0x20))
      #expect(after.kind == "ext4" && after.blockSize == 4096 && after.blockCount == 8192)
    }
  }

  @Test func contentInInodesIsRefusedByName() throws {
    try OutsideTool.withTemporaryFolder { folder in
      let source = folder.appendingPathComponent("source", isDirectory: true)
      try FileManager.default.createDirectory(at: source, withIntermediateDirectories: true)
      try Data("small".utf8).write(to: source.appendingPathComponent("file"))
      let url = folder.appendingPathComponent("foreign")
      let make = try OutsideTool.run(
        "mke2fs",
        ["-q", "-t", "ext4", "-O", "inline_data", "-d", source.path, url.path, "16M"])
      try #require(make.status == 0, "\(make.output)")
      let reader = try Ext4Reader(BytesOfFile(url))
      // mke2fs puts the root folder into a block, and the file into its inode.
      let file = try #require(try reader.entry(Path("file")))
      let refusal = Ext4ReadError.notRead(.inlineData, inode: file.number)
      #expect(throws: refusal) { try reader.read(file) }
      #expect(refusal.diagnostic.message.contains("inline_data"))
    }
  }

  @Test func whatIsNoVolume() throws {
    try OutsideTool.withTemporaryFolder { folder in
      let url = folder.appendingPathComponent("other")
      try Data(count: 1 << 20).write(to: url)
      #expect(throws: Ext4ReadError.noMagic) { try Ext4Reader(BytesOfFile(url)) }
      _ = try OutsideTool.run("mke2fs", ["-q", "-O", "journal_dev", "-F", url.path, "8M"])
      #expect(throws: Ext4ReadError.features(["journal_dev"])) { try Ext4Reader(BytesOfFile(url)) }
    }
  }
}

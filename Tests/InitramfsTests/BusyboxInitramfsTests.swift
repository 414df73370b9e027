import Foundation
import Initramfs
import OutsideTools
import Testing

@Suite struct BusyboxInitramfsTests {
  private static func archive(modified: UInt32 = 0) throws -> [UInt8] {
    try BusyboxInitramfs.archive(
      busybox: Array("not really".utf8), initScript: "#!/bin/busybox sh\n", modified: modified)
  }

  @Test func theListing() throws {
    let archive = try Self.archive()
    try OutsideTool.withTemporaryFolder { (folder) throws in
      #expect(
        try OutsideTool.cpio(["-itv", "--numeric-uid-gid"], archive, in: folder) == """
          drwxr-xr-x   2 0        0               0 Jan  1  1970 bin
          drwxr-xr-x   2 0        0               0 Jan  1  1970 dev
          drwxr-xr-x   2 0        0               0 Jan  1  1970 etc
          drwxr-xr-x   2 0        0               0 Jan  1  1970 proc
          drwxr-xr-x   2 0        0               0 Jan  1  1970 root
          drwxr-xr-x   2 0        0               0 Jan  1  1970 run
          drwxr-xr-x   2 0        0               0 Jan  1  1970 sys
          drwxr-xr-x   2 0        0               0 Jan  1  1970 tmp
          crw-------   1 0        0          5,   1 Jan  1  1970 dev/console
          crw-rw-rw-   1 0        0          1,   3 Jan  1  1970 dev/null
          -rwxr-xr-x   1 0        0              10 Jan  1  1970 bin/busybox
          lrwxrwxrwx   1 0        0               7 Jan  1  1970 bin/sh -> busybox
          -rwxr-xr-x   1 0        0              18 Jan  1  1970 init

          """)
    }
  }

  @Test func theFilesHoldWhatWentIn() throws {
    let archive = try Self.archive()
    try OutsideTool.withTemporaryFolder { (folder) throws in
      for (path, text) in [("init", "#!/bin/busybox sh\n"), ("bin/busybox", "not really")] {
        let content = try OutsideTool.cpio(["-i", "--to-stdout", path], archive, in: folder)
        #expect(content == text)
      }
    }
  }

  @Test func everyMemberHasTheGivenTime() throws {
    let archive = try Self.archive(modified: 1_700_000_000)
    try OutsideTool.withTemporaryFolder { (folder) throws in
      let lines = try OutsideTool.cpio(["-itv"], archive, in: folder).split(separator: "\n")
      #expect(lines.count == 13)
      #expect(lines.allSatisfy { $0.contains(" Nov 14  2023 ") })
    }
  }

  @Test func theSameBytesTwice() throws {
    #expect(try Self.archive() == Self.archive())
    #expect(try Self.archive() != Self.archive(modified: 1))
  }
}

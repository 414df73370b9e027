import BuiltProgram
import Foundation
import OutsideTools
import Testing

/// Half an answer is no answer.
@Suite struct LostOutputTests {
  /// Runs a line of shell with the built program as `ctboot`.
  private func shell(_ line: String, in folder: URL) throws -> OutsideTool.Result {
    try TranscriptTests.shell(line, in: folder)
  }

  @Test(arguments: ["boards", "boards --json", "boards cubietruck", "doctor"])
  func aFullDiskIsTold(command: String) throws {
    try OutsideTool.withTemporaryFolder { folder in
      let result = try shell("ctboot \(command) >/dev/full", in: folder)
      #expect(result.status == 2)
      #expect(
        result.output.hasPrefix(
          "error: standard output could not be written: No space left on device\n"))
    }
  }

  @Test func aReaderThatEndsEndsTheMachineToo() throws {
    try OutsideTool.withTemporaryFolder { folder in
      let result = try shell(
        """
        ctboot init >/dev/null 2>&1
        ctboot emulate -q --machine virt | head -1
        sleep 1
        pgrep -f "file=$PWD" && echo "QEMU is left"
        """, in: folder)
      #expect(result.output.contains("U-Boot"))
      #expect(!result.output.contains("QEMU is left"), "\(result.output)")
    }
  }

  @Test func aLogThatNobodyReadsIsRefused() throws {
    try OutsideTool.withTemporaryFolder { folder in
      let result = try shell(
        """
        ctboot init >/dev/null 2>&1
        mkfifo log
        ctboot emulate -q --machine virt --log log
        """, in: folder)
      #expect(result.status == 2)
      #expect(result.output.contains("error: log cannot be written: "), "\(result.output)")
    }
  }

  @Test func aMilestoneThatCannotComeIsRefusedAtOnce() throws {
    try OutsideTool.withTemporaryFolder { folder in
      let result = try shell(
        "ctboot init >/dev/null 2>&1; ctboot emulate --machine virt --until spl", in: folder)
      #expect(result.status == 2)
      #expect(
        result.output.hasPrefix(
          "error: qemu-virt starts without SPL, so that milestone cannot come\n"))
    }
  }
}

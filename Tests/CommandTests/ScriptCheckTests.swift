import BuiltProgram
import Foundation
import OutsideTools
import Testing

/// `ctboot lint` of scripts, `ctboot script check` and `ctboot script show` as people call them.
@Suite struct ScriptCheckTests {
  /// Files in a folder, and a line of shell there.
  private static func run(
    _ line: String, _ files: [String: String]
  ) throws -> OutsideTool.Result {
    try OutsideTool.withTemporaryFolder { folder in
      for (name, text) in files {
        let file = folder.appending(path: name)
        try FileManager.default.createDirectory(
          at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try text.write(to: file, atomically: true, encoding: .utf8)
      }
      return try TranscriptTests.shell(line, in: folder)
    }
  }

  private static let files = [
    "boot.cmd": "echo one\nload mmc 0:1 ${kernel_addr} zImage\nsaveenv\n",
    "uEnv.txt": "kernel=\"zImage\"\n",
    "extlinux/extlinux.conf": "label a\n  linux /zImage\n",
    "notes.txt": "if then\n",
  ]

  @Test func aFolderHoldsScriptsToo() throws {
    let result = try Self.run("ctboot lint --format github --fail-on never .", Self.files)
    #expect(result.status == 0)
    #expect(
      result.output.contains("file=boot.cmd,line=3,col=1")
        || result.output.contains("file=./boot.cmd,line=3,col=1"), "\(result.output)")
    #expect(result.output.contains("uenv-quoted-value"), "\(result.output)")
    #expect(!result.output.contains("notes.txt"))
  }

  @Test func aBoardKnowsMore() throws {
    let alone = try Self.run("ctboot lint --fail-on never boot.cmd 2>&1", Self.files)
    #expect(!alone.output.contains("script-unset-variable"), "\(alone.output)")
    let known = try Self.run(
      "ctboot script check --board cubietruck --fail-on never boot.cmd 2>&1", Self.files)
    #expect(known.output.contains("script-unset-variable"), "\(known.output)")
    #expect(known.output.contains("did you mean `kernel_addr_r`?"), "\(known.output)")
  }

  @Test func commentsAndTheProjectAllow() throws {
    let text = "# ctboot-lint: allow(script-saveenv): it is wanted\nsaveenv\n"
    let result = try Self.run("ctboot lint --fail-on info boot.cmd 2>&1", ["boot.cmd": text])
    #expect(result.status == 0, "\(result.output)")
    #expect(result.output.contains("1 accepted"), "\(result.output)")
    let project =
      "board: cubietruck\nlint:\n  allow:\n    - rules: [script-saveenv]\n      files: boot.cmd\n      reason: it is wanted\n"
    let other = try Self.run(
      "ctboot lint --fail-on info boot.cmd 2>&1", ["boot.cmd": "saveenv\n", "ctboot.yaml": project])
    #expect(other.status == 0, "\(other.output)")
    let unneeded = try Self.run(
      "ctboot lint boot.cmd 2>&1", ["boot.cmd": text.replacing("saveenv\n", with: "echo\n")])
    #expect(unneeded.output.contains("allowance-unused"), "\(unneeded.output)")
  }

  /// What a build writes is clean, on its own image too, and can be taken apart again.
  @Test func aBuildsOwnScriptIsClean() async throws {
    let good = try await GoodBuild.shared()
    let folder = good.project.folder
    let image = try #require(
      try good.project.files(in: "build").first { $0.hasSuffix(".img") })
    let check = try TranscriptTests.shell(
      "ctboot script check --fail-on warning --image build/\(image) build/boot/boot.scr 2>&1",
      in: folder)
    #expect(check.status == 0, "\(check.output)")
    let show = try TranscriptTests.shell("ctboot script show -q build/boot/boot.scr", in: folder)
    #expect(show.output == (try good.project.text(of: "build/boot/boot.cmd")))
    let damaged = try TranscriptTests.shell(
      "tr 'e' 'f' <build/boot/boot.scr >/tmp/$$.scr; ctboot script show /tmp/$$.scr 2>&1 >/dev/null; s=$?; rm /tmp/$$.scr; exit $s",
      in: folder)
    #expect(damaged.status == 1)
    #expect(damaged.output.contains("checksum"), "\(damaged.output)")
    let stale = try TranscriptTests.shell(
      "d=$(mktemp -d); cp build/boot/boot.scr $d; echo echo >$d/boot.cmd; ctboot script check $d/boot.scr; s=$?; rm -r $d; exit $s",
      in: folder)
    #expect(stale.status == 1 && stale.output.contains("script-stale-image"), "\(stale.output)")
    let missing = try TranscriptTests.shell(
      "echo 'load mmc 0:1 0x42000000 nothing' >/tmp/$$.cmd; ctboot script check --image build/\(image) /tmp/$$.cmd; s=$?; rm /tmp/$$.cmd; exit $s",
      in: folder)
    #expect(
      missing.status == 1 && missing.output.contains("script-missing-file"), "\(missing.output)")
  }
}

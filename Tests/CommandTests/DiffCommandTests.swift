import BootImages
import BuiltProgram
import Foundation
import OutsideTools
import Testing

/// `ctboot diff` on images that differ in one thing each.
@Suite struct DiffCommandTests {
  /// The good image beside a copy to which a line of shell did something, and what is said of them.
  private static func difference(
    after line: String, status: Int32 = 1
  ) async throws -> (output: String, project: TestProject) {
    let project = try TestProject()
    try await project.putEarlierBuild()
    let done = try OutsideTool.run(
      "sh", ["-e", "-c", "cd build; cp cubietruck.img card.img; card=card.img; \(line)"],
      in: project.folder)
    try #require(done.status == 0, "\(done.output)")
    let outcome = try await project.run("diff", "build/cubietruck.img", "build/card.img")
    #expect(outcome.status == status && outcome.errors == "", "\(outcome.errors)")
    return (outcome.output, project)
  }

  @Test func sameImages() async throws {
    let (output, project) = try await Self.difference(after: "true", status: 0)
    #expect(output == "")
    let json = try await project.run("diff", "--json", "build/card.img", "build/cubietruck.img")
    #expect(json.status == 0 && json.output == "[\n\n]\n", "\(json.output)")
  }

  @Test func aLineOfTheScript() async throws {
    let project = try TestProject()
    try await project.putEarlierBuild()
    let script = try project.text(of: "build/boot/boot.cmd")
    let lines = script.split(separator: "\n", omittingEmptySubsequences: false)
    let changed = script.replacing(lines[1], with: "# another line")
    let image = try LegacyImage.script(text: Array(changed.utf8), name: "", time: 0)
    try project.write(Data(image), as: "boot.scr")
    let copied = try OutsideTool.run(
      "sh",
      ["-ec", "cp build/cubietruck.img card.img; mcopy -o -i card.img@@1M boot.scr ::boot.scr"],
      in: project.folder)
    try #require(copied.status == 0, "\(copied.output)")
    let outcome = try await project.run("diff", "build/cubietruck.img", "card.img")
    #expect(
      outcome.output == """
        boot files
          /boot.scr
            - \(lines[1])
            + # another line

        """)
  }

  @Test func aPropertyOfTheTree() async throws {
    let (output, project) = try await Self.difference(
      after: """
        cp boot/xen.dtb new.dtb; fdtput -t s new.dtb / model other
        mcopy -o -i $card@@1M new.dtb ::xen.dtb
        """)
    #expect(
      output == """
        boot files
          /xen.dtb
            /
            - model = "Cubietech Cubietruck";
            + model = "other";

        """)
    let json = try await project.run("diff", "--json", "build/cubietruck.img", "build/card.img")
    #expect(json.output.contains(#""subject" : "/xen.dtb""#), "\(json.output)")
  }

  @Test func filesThatComeAndGo() async throws {
    let (output, _) = try await Self.difference(
      after: "mdel -i $card@@1M ::initrd; printf 'hello\\n' >note; mcopy -i $card@@1M note ::note")
    #expect(output.contains("  /initrd\n  - ") && output.contains("a cpio archive"), "\(output)")
    #expect(output.contains("  /note\n  + 6 bytes, a text\n"), "\(output)")
  }

  @Test func bootloaderAndTable() async throws {
    let (output, _) = try await Self.difference(
      after: """
        dd if=/dev/zero of=$card bs=8192 seek=1 count=1 conv=notrunc status=none
        sfdisk -q --disk-id $card 0x12345678
        """)
    #expect(output.contains("bootloader\n  SHA-256\n  - "), "\(output)")
    #expect(output.contains("  U-Boot\n  - U-Boot 2023.01"), "\(output)")
    #expect(output.contains("partition table\n  disk\n  - "), "\(output)")
    #expect(output.contains("  + 12345678\n"), "\(output)")
  }

  /// Two ext4 volumes of others with a difference of each kind.
  @Test func filesOfARoot() async throws {
    let project = try TestProject()
    let made = try OutsideTool.run(
      "sh",
      [
        "-e", "-c",
        """
        mkdir -p a/etc/deep a/gone/below
        echo one >a/etc/hostname; echo same >a/etc/same; ln -s same a/etc/link
        echo x >a/gone/below/file; echo y >a/etc/deep/mode
        cp -a a b
        echo two >b/etc/hostname; ln -sfn hostname b/etc/link; chmod 600 b/etc/deep/mode
        rm -r b/gone; mkfifo b/pipe
        for side in a b; do
          mke2fs -q -t ext4 -U 12345678-1234-1234-1234-123456789abc -d $side part-$side 16M
        done
        """,
      ], in: project.folder)
    try #require(made.status == 0, "\(made.output)")
    let outcome = try await project.run("diff", "part-a", "part-b")
    #expect(outcome.status == 1)
    let expected = """
      files of the disk
        /etc/deep/mode
        - mode 0644
        + mode 0600
        /etc/hostname
          its content differs
        /etc/link
        - to same
        + to hostname
        /gone
        - a folder, mode 0755, owner 0:0
        /gone/below
        - a folder, mode 0755, owner 0:0
        /gone/below/file
        - a file, mode 0644, owner 0:0, 2 bytes
        /pipe
        + a pipe, mode 0644, owner 0:0

      """
    #expect(outcome.output == expected, "\(outcome.output)")
  }

  @Test func whatCannotBeRead() async throws {
    let project = try TestProject()
    try project.write("", as: "empty")
    let outcome = try await project.run("diff", "empty", "no")
    #expect(outcome.status == 2 && outcome.errors.contains("no does not exist"))
  }
}

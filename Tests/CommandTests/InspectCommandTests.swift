import BootImages
import BuiltProgram
import Foundation
import OutsideTools
import Testing

/// `ctboot inspect` on images that the program built, on those that others made, and on what is none.
@Suite struct InspectCommandTests {
  /// What the JSON says, as far as tests ask.
  struct Record: Decodable {
    struct Bootloader: Decodable {
      let offset: Int
      let splIsSound: Bool
      let tree: String?
      let uboot: String?
    }
    struct Table: Decodable {
      struct Partition: Decodable {
        let number: Int
        let offset: Int
        let partuuid: String
        let isBootable: Bool
      }
      let kind: String
      let id: String?
      let partitions: [Partition]
    }
    struct Volume: Decodable {
      let partition: Int
      let kind: String
      let label: String?
      let uuid: String?
      let rootNames: Int?
      let system: String?
      let modules: [String]?
    }
    struct File: Decodable {
      let path: String
      let kind: String
    }
    struct Script: Decodable {
      let path: String
      let text: String
    }
    struct Found: Decodable {
      let severity: String
      let message: String
    }
    struct Origin: Decodable { let board: String }
    let madeBy: Origin?
    let bootloader: Bootloader?
    let table: Table
    let volumes: [Volume]
    let files: [File]
    let scripts: [Script]
    let findings: [Found]
    let verdict: String
    var errors: [String] { findings.filter { $0.severity == "error" }.map(\.message) }
  }

  private static func record(
    of image: String, in project: TestProject, status: Int32
  ) async throws -> Record {
    let outcome = try await project.run("inspect", "--json", image)
    #expect(outcome.status == status, "\(outcome.output)\(outcome.errors)")
    return try JSONDecoder().decode(Record.self, from: Data(outcome.output.utf8))
  }

  // MARK: Images of ours

  @Test func aBuiltImage() async throws {
    let good = try await GoodBuild.shared()
    let outcome = try await good.project.run("inspect", "build/cubietruck.img")
    #expect(outcome.status == 0 && outcome.errors == "", "\(outcome.output)")
    for line in [
      "build/cubietruck.img: ", "\nmade by ctboot ", " for the cubietruck, flow xen, of\n",
      "\nbootloader at 8 KiB\n", "its checksum is right, made for sun7i-a20-cubietruck",
      "U-Boot 2023.01", "\npartition table: MBR, disk ", "\nboot files on partition 1\n",
      "Xen 4.17 for 32-bit ARM", "a 32-bit ARM kernel (zImage)", "a U-Boot boot script",
      "a compiled device tree", "\n/boot.scr\n  | ", "more lines; -v shows all",
      "bootz enters Xen 4.17 at 0x42000000 in HYP mode", "nothing clashes in memory",
      "dom0: determined", "\nboots, as far as a rehearsal can tell\n",
    ] {
      #expect(outcome.output.contains(line), "\(line) in \(outcome.output)")
    }
    let whole = try await good.project.run("inspect", "-v", "build/cubietruck.img")
    #expect(whole.output.contains("what Xen takes"))
    #expect(!whole.output.contains("-v shows all"))
  }

  @Test func aBuiltImageForPrograms() async throws {
    let good = try await GoodBuild.shared()
    let record = try await Self.record(of: "build/cubietruck.img", in: good.project, status: 0)
    #expect(record.verdict == "boots" && record.errors == [])
    #expect(record.madeBy?.board == "cubietruck")
    #expect(record.bootloader?.offset == 8192 && record.bootloader?.splIsSound == true)
    #expect(record.bootloader?.tree == "sun7i-a20-cubietruck")
    #expect(record.table.kind == "mbr" && record.table.partitions.first?.isBootable == true)
    #expect(record.table.partitions.first?.partuuid == "\(record.table.id ?? "")-01")
    #expect(record.volumes.first?.label == "BOOT")
    let kept = try good.project.text(of: "build/boot/boot.cmd")
    #expect(record.scripts.first { $0.path == "/boot.scr" }?.text == kept)
  }

  /// The machine that takes its bootloader as firmware has none on its disk.
  @Test func theEmulatorsBoard() async throws {
    _ = try await GoodBuild.shared()
    let project = try TestProject("board: qemu-virt\n")
    try #require(try await project.run("build").status == 0)
    let record = try await Self.record(of: "build/qemu-virt.img", in: project, status: 0)
    #expect(record.verdict == "boots" && record.bootloader == nil)
  }

  // MARK: Images that would not boot

  /// The good image with something done to it by a line of shell.
  private static func spoilt(_ line: String) async throws -> (TestProject, Record) {
    let project = try TestProject()
    try await project.putEarlierBuild()
    let done = try OutsideTool.run(
      "sh", ["-e", "-c", "cd build; card=cubietruck.img; \(line)"], in: project.folder)
    try #require(done.status == 0, "\(done.output)")
    return (project, try await record(of: "build/cubietruck.img", in: project, status: 1))
  }

  @Test func aByteOfTheSPLIsWrong() async throws {
    let (project, record) = try await Self.spoilt(
      "printf x | dd of=$card bs=1 seek=12000 conv=notrunc status=none")
    #expect(record.verdict == "fails" && record.bootloader?.splIsSound == false)
    #expect(record.errors.first?.contains("the bootloader at 8 KiB is not sound") == true)
    let text = try await project.run("inspect", "build/cubietruck.img")
    #expect(text.output.hasSuffix("\ndoes not boot\n") && text.status == 1)
  }

  @Test func thereIsNoSPL() async throws {
    let (_, record) = try await Self.spoilt(
      "dd if=/dev/zero of=$card bs=8192 seek=1 count=1 conv=notrunc status=none")
    #expect(record.bootloader == nil)
    #expect(record.errors.first?.contains("no SPL lies at 8 KiB") == true)
  }

  @Test func aFileOfTheScriptIsMissing() async throws {
    let (project, record) = try await Self.spoilt("mdel -i $card@@1M ::kernel")
    #expect(record.errors.contains { $0.contains("load") && $0.contains("kernel") })
    let text = try await project.run("inspect", "build/cubietruck.img")
    #expect(text.output.contains("U-Boot says: Failed to load 'kernel'"), "\(text.output)")
  }

  /// Neither a manifest nor a sound SPL tells the board, and yet the script says what it wants.
  @Test func aFileIsMissingOnABoardThatNobodyKnows() async throws {
    let (project, _) = try await Self.spoilt(
      """
      mdel -i $card@@1M ::kernel; mkdir ../other; mv $card ../other/card
      dd if=/dev/zero of=../other/card bs=8192 seek=1 count=1 conv=notrunc status=none
      cp ../other/card $card
      """)
    let record = try await Self.record(of: "other/card", in: project, status: 1)
    #expect(
      record.errors.contains { $0.contains("partition 1 holds no file `kernel`") },
      "\(record.findings)")
  }

  @Test func theScriptIsDamaged() async throws {
    let (_, record) = try await Self.spoilt(
      "printf 'hello' >hello; mcopy -o -i $card@@1M hello ::boot.scr")
    #expect(record.errors.contains { $0.contains("boot.scr") }, "\(record.errors)")
  }

  /// A disk's id that was changed behind the back of what names it.
  @Test func theRootIsOnNoPartition() async throws {
    let project = try TestProject("board: cubietruck\nroot: root\n")
    for name in ["sbin/init", "etc/hostname"] { try project.write("x\n", as: "root/\(name)") }
    _ = try await GoodBuild.shared()
    let built = try await project.run("build")
    try #require(built.status == 0, "\(built.errors)")
    let sound = try await Self.record(of: "build/cubietruck.img", in: project, status: 0)
    #expect(sound.volumes.map(\.kind) == ["FAT32", "ext4"])
    #expect(!sound.findings.contains { $0.message.contains("PARTUUID") })
    let done = try OutsideTool.run(
      "sfdisk", ["-q", "--disk-id", "build/cubietruck.img", "0x12345678"], in: project.folder)
    try #require(done.status == 0, "\(done.output)")
    let record = try await Self.record(of: "build/cubietruck.img", in: project, status: 0)
    #expect(
      record.findings.contains {
        $0.severity == "warning" && $0.message.contains("which no partition here has")
      }, "\(record.findings)")
  }

  @Test func theImageWasCutOff() async throws {
    let (_, record) = try await Self.spoilt("truncate -s 3M $card")
    #expect(record.errors.contains { $0.contains("it was cut off") }, "\(record.errors)")
  }

  /// What trap U-Boot's own page warns of: the SPL wrote over the GPT's entries.
  @Test func anSPLInAGPT() async throws {
    let (_, record) = try await Self.spoilt(
      """
      dd if=$card of=spl bs=8192 skip=1 count=100 status=none
      printf 'label: gpt\\nstart=2048, size=20480\\n' | sfdisk -q --wipe never $card
      dd if=spl of=$card bs=8192 seek=1 conv=notrunc status=none
      """)
    #expect(record.errors.contains { $0.contains("GPT is damaged") }, "\(record.errors)")
  }

  // MARK: Disks of others

  @Test func adiskWithARootOfOthers() async throws {
    let project = try TestProject()
    let made = try OutsideTool.run(
      "sh",
      [
        "-e", "-c",
        """
        mkdir -p root/usr/lib root/etc root/lib/modules/6.1.0-test
        printf 'ID=x\\nPRETTY_NAME="A root \\033[31mof others"\\n' >root/usr/lib/os-release
        ln -s ../usr/lib/os-release root/etc/os-release
        mke2fs -q -t ext4 -L rootfs -U 12345678-1234-1234-1234-123456789abc -d root part 16M
        truncate -s 32M disk
        printf 'label: gpt\\nstart=2048, size=32768, name=root\\n' | sfdisk -q disk
        dd if=part of=disk bs=1M seek=1 conv=notrunc status=none
        """,
      ], in: project.folder)
    try #require(made.status == 0, "\(made.output)")
    let record = try await Self.record(of: "disk", in: project, status: 1)
    #expect(record.table.kind == "gpt" && record.table.partitions.map(\.offset) == [1 << 20])
    let volume = try #require(record.volumes.first)
    #expect(volume.kind == "ext4" && volume.label == "rootfs")
    #expect(volume.uuid == "12345678-1234-1234-1234-123456789abc")
    #expect(volume.rootNames == 4 && volume.modules == ["6.1.0-test"])
    #expect(volume.system == "A root \u{1B}[31mof others")
    #expect(record.errors.first?.contains("no SPL lies at") == true)
    #expect(record.errors.contains { $0.contains("neither a boot.scr nor") })
    // A terminal must not act on what a card says.
    let text = try await project.run("inspect", "disk")
    #expect(text.output.contains(#"A root \x1b[31mof others"#), "\(text.output)")
  }

  // MARK: What is no image

  @Test func whatCannotBeRead() async throws {
    let project = try TestProject()
    for (name, words) in [
      (".", ". is a folder"), ("/dev/null", "is a character device"), ("no", "no does not exist"),
    ] {
      let outcome = try await project.run("inspect", name)
      #expect(outcome.status == 2 && outcome.errors.contains(words), "\(outcome.errors)")
    }
  }

  @Test func whatIsNoImage() async throws {
    let project = try TestProject()
    try project.write("", as: "empty")
    try project.write(String(repeating: "hello\n", count: 10_000), as: "text")
    for name in ["empty", "text"] {
      let record = try await Self.record(of: name, in: project, status: 1)
      #expect(record.table.kind == "none" && record.volumes.isEmpty && record.verdict == "fails")
      #expect(record.errors.contains { $0.contains("neither a partition table nor") })
    }
  }
}

import BootImages
import BuiltProgram
import Foundation
import OutsideTools
import Testing

/// `ctboot rehearse` on images that the program built.
@Suite struct RehearseCommandTests {
  /// What the JSON says, as far as tests ask.
  struct Record: Decodable {
    struct Entered: Decodable {
      struct Memory: Decodable {
        struct Dom0: Decodable { let placement: String }
        struct Clash: Decodable {
          let claim: String
          let other: String?
        }
        let clashes: [Clash]
        let dom0: Dom0?
      }
      let command: String
      let entry: String
      let hyp: Bool
      let xen: String?
      let findings: [String]
      let memory: Memory
    }
    struct Load: Decodable { let file: String }
    struct Failure: Decodable {
      let line: Int
      let words: [String]
      let said: String
    }
    let failures: [Failure]
    let outcome: String
    let isFine: Bool
    let loads: [Load]
    let entered: Entered?
  }

  static func record(
    of project: TestProject, _ arguments: String..., status: Int32 = 0,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> Record {
    let outcome = try await Ctboot.run(["rehearse", "--json"] + arguments, in: project.folder)
    #expect(outcome.status == status, "\(outcome.errors)", sourceLocation: sourceLocation)
    return try JSONDecoder().decode(Record.self, from: Data(outcome.output.utf8))
  }

  private static func built(_ text: String) async throws -> TestProject {
    _ = try await GoodBuild.shared()
    let project = try TestProject(text)
    let outcome = try await project.run("build")
    try #require(outcome.status == 0, "\(outcome.errors)")
    return project
  }

  private static func mtool(_ name: String, _ arguments: [String], in project: TestProject) throws {
    let outcome = try OutsideTool.run(
      name, ["-i", "build/cubietruck.img@@1M"] + arguments, in: project.folder)
    try #require(outcome.status == 0, "\(outcome.output)")
  }

  // MARK: What goes well

  @Test func fromTheCardToDom0() async throws {
    let good = try await GoodBuild.shared()
    let outcome = try await good.project.run("rehearse")
    #expect(outcome.status == 0 && outcome.errors == "")
    for line in [
      "rehearsed, not run: build/cubietruck.img as U-Boot 2023.01",
      "\nbootz enters Xen 4.17 at 0x42000000 in HYP mode\n",
      "\n  Xen's arguments: console=dtuart dtuart=serial0 dom0_mem=512M\n",
      "\nwhat Xen takes\n", "\ndom0: determined\n  every boot gives it 0x50000000..0x6fffffff",
    ] {
      #expect(outcome.output.contains(line), "\(line) in \(outcome.output)")
    }
    let record = try await Self.record(of: good.project, "build/cubietruck.img")
    #expect(record.entered?.memory.dom0?.placement == "determined")
    #expect(record.entered?.memory.clashes.isEmpty == true)
    #expect(
      record.loads.map(\.file) == ["/boot.scr", "xen", "kernel", "initrd", "xen.dtb"])
  }

  @Test(arguments: [
    ("flow: linux", "bootz", false), ("flow: kvm", "bootz", true),
    ("flow: linux\nimage: { boot: { script: extlinux } }", "bootz", false),
  ])
  func linuxAlone(project text: String, command: String, isHYP: Bool) async throws {
    let project = try await Self.built("board: cubietruck\n\(text)\n")
    let entered = try #require(try await Self.record(of: project).entered)
    #expect(entered.command == command && entered.xen == nil)
    #expect(entered.memory.clashes.isEmpty && entered.memory.dom0 == nil)
    if isHYP { #expect(entered.hyp) }
  }

  /// `ctboot.env` on the card is what the owner of the card wants changed.
  @Test func theOwnersOverrides() async throws {
    let project = try await Self.built("board: cubietruck\n")
    try project.write(
      "xen_bootargs=console=dtuart dtuart=serial0 dom0_mem=1536M\n", as: "ctboot.env")
    try Self.mtool("mcopy", ["-o", "ctboot.env", "::ctboot.env"], in: project)
    let record = try await Self.record(of: project, status: 1)
    #expect(record.entered?.memory.dom0?.placement == "cannot fit")
    // What would do instead is what a plan says.
    let rehearsal = try await project.run("rehearse").output.split(separator: "\n")
    try project.write("board: cubietruck\ndom0: { memory: 1536MiB }\n", as: "ctboot.yaml")
    let plan = try await project.run("plan", "--offline").output.split(separator: "\n")
    let sizes = try #require(plan.first { $0.contains("memory that are determined: ") })
    #expect(rehearsal.contains(sizes), "\(rehearsal)")
  }

  // MARK: What would fail in silence

  /// What the page on flows shows; and what U-Boot read and is done with is in nobody's way.
  @Test func moreWordsForXen() async throws {
    let project = try await Self.built("board: cubietruck\n")
    try project.write(
      "xen_bootargs=console=dtuart dtuart=serial0 dom0_mem=256M loglvl=all\n", as: "ctboot.env")
    try Self.mtool("mcopy", ["-o", "ctboot.env", "::ctboot.env"], in: project)
    let record = try await Self.record(of: project)
    #expect(record.isFine && record.entered?.findings.allSatisfy { !$0.contains("error") } == true)
  }

  @Test func theSecondSetOfFiles() async throws {
    let good = try await GoodBuild.shared()
    let project = try TestProject(
      "board: cubietruck\ninputs:\n  fallback-kernel: kernel\n")
    try project.write(Data(contentsOf: good.project["build/boot/kernel"]), as: "kernel")
    try #require(await project.run("build").status == 0)
    try Self.mtool("mdel", ["::initrd"], in: project)
    let record = try await Self.record(of: project)
    #expect(record.loads.contains { $0.file == "fallback/kernel" })
    #expect(record.failures.first?.words.prefix(1) == ["load"])
  }

  /// The machine that has its bootloader as firmware.
  @Test func theEmulatorsBoard() async throws {
    let project = try await Self.built("board: qemu-virt\n")
    let record = try await Self.record(of: project)
    #expect(record.entered?.xen == "4.17" && record.isFine)
  }

  // MARK: Scripts of others

  private static func rehearsal(
    of script: String
  ) async throws -> (output: String, record: Record) {
    let project = try await Self.built("board: cubietruck\n")
    let image = try LegacyImage.script(text: Array((script + "\n").utf8), name: "", time: 0)
    try project.write(Data(image), as: "boot.scr")
    try Self.mtool("mcopy", ["-o", "boot.scr", "::boot.scr"], in: project)
    let outcome = try await project.run("rehearse")
    return (outcome.output, try await Self.record(of: project, status: outcome.status))
  }

  /// The first thing that fails is told with its line, whatever U-Boot tries afterwards.
  @Test func theFirstFaultIsTold() async throws {
    let (output, record) = try await Self.rehearsal(
      of: "echo hello\nload mmc 0:1 0x44000000 kernl\nbootz 0x44000000 - 0x43000000")
    #expect(!record.isFine)
    #expect(record.failures.map(\.line) == [2, 3])
    #expect(record.failures.first?.said == "Failed to load 'kernl'")
    #expect(
      output.contains(
        "what failed\n  /boot.scr:2: load mmc 0:1 0x44000000 kernl\n    Failed to load"),
      "\(output)")
  }

  @Test(arguments: [
    ("setenv x a; while true; do setenv x ${x}${x}; done", "a loop without end"),
    ("x=a; while true; do x=${x}${x}; done", "a loop without end"),
    ("mw.b 40000000 ff 3fffffff", "where U-Boot itself lies"),
    ("go 0x44000000", "no kernel lies there"),
    ("if true; then echo a", "cannot read this"),
    ("echo \"a", "the script ends, and has started nothing"),
  ])
  func scriptsThatLeadNowhere(script: String, words: String) async throws {
    let (output, record) = try await Self.rehearsal(of: script)
    #expect(!record.isFine && output.contains(words), "\(output)")
  }

  @Test func anImageWithoutItsEnd() async throws {
    let good = try await GoodBuild.shared()
    let project = try TestProject()
    let image = try Data(contentsOf: good.project["build/cubietruck.img"])
    try project.write(image.prefix(1_500_000), as: "cut.img")
    let outcome = try await project.run("rehearse", "--board", "cubietruck", "cut.img")
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("the image ends before partition 1 does: it was cut off"))
  }

  @Test func aFileThatIsMissing() async throws {
    let project = try await Self.built("board: cubietruck\n")
    try Self.mtool("mdel", ["::kernel"], in: project)
    let outcome = try await project.run("rehearse")
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("Failed to load 'kernel'"))
    #expect(outcome.output.contains("ctboot: STOPPED"), "\(outcome.output)")
  }

  @Test func aFileOverAnother() async throws {
    let project = try await Self.built("board: cubietruck\n")
    let script = try project.text(of: "build/boot/boot.cmd")
      .replacing("0x46000000", with: "0x44100000")
    let image = try LegacyImage.script(text: Array(script.utf8), name: "", time: 0)
    try project.write(Data(image), as: "boot.scr")
    try Self.mtool("mcopy", ["-o", "boot.scr", "::boot.scr"], in: project)
    let record = try await Self.record(of: project, status: 1)
    let clash = try #require(record.entered?.memory.clashes.first)
    #expect(clash.claim == "initrd" && clash.other == "the dom0 kernel")
    let outcome = try await project.run("rehearse")
    #expect(
      outcome.output.contains(/\n  ramdisk  0x46000000\.\..*, where nothing was put\n/),
      "\(outcome.output)")
  }

  // MARK: The U-Boot of 2014

  @Test func theOldWayWithATree() async throws {
    let project = try await Self.old("")
    let outcome = try await project.run("rehearse")
    #expect(outcome.status == 0, "\(outcome.output)")
    #expect(outcome.output.contains("read from its sources; none was run to compare"))
    #expect(outcome.output.contains("\nbootm enters the kernel at 0x40008000 not in HYP mode\n"))
    let record = try await Self.record(of: project)
    #expect(record.loads.map(\.file) == ["uEnv.txt", "uImage", "board.dtb", "uInitrd"])
  }

  @Test func theOldWayWithScriptBin() async throws {
    let project = try await Self.old("  script-bin: script.bin\n")
    let outcome = try await project.run("rehearse")
    #expect(outcome.status == 0, "\(outcome.output)")
    #expect(outcome.output.contains("no tree: ATAGS at 0x40000100"))
    #expect(outcome.output.contains("the file script.bin"))
  }

  private static func old(_ inputs: String) async throws -> TestProject {
    _ = try await GoodBuild.shared()
    let project = try TestProject(
      "board: cubietruck\nflow: legacy\ninputs:\n  bootloader: old.bin\n\(inputs)")
    try project.write(try await OldBootloader.bytes(), as: "old.bin")
    try project.write(Data(repeating: 7, count: 100), as: "script.bin")
    let outcome = try await project.run("build")
    try #require(outcome.status == 0, "\(outcome.errors)")
    return project
  }

  // MARK: Bad input

  @Test(arguments: [
    ("gone.img", "gone.img"), ("ctboot.yaml", "nothing says for which board"),
    (".", "."),
  ])
  func noImage(name: String, words: String) async throws {
    let project = try TestProject()
    let outcome = try await project.run("rehearse", name)
    #expect(outcome.status == 2 && outcome.output == "")
    #expect(outcome.errors.hasPrefix("error: ") && outcome.errors.contains(words))
  }

  @Test func anImageThatWasCut() async throws {
    let good = try await GoodBuild.shared()
    let project = try TestProject()
    let image = try Data(contentsOf: good.project["build/cubietruck.img"])
    for (count, words) in [
      (0, "nothing says"), (1 << 20, "it was cut off"), (5 << 20, "it was cut off"),
    ] {
      try project.write(image.prefix(count), as: "cut.img")
      let outcome = try await project.run("rehearse", "cut.img")
      #expect([1, 2].contains(outcome.status))
      #expect((outcome.output + outcome.errors).contains(words), "\(count): \(outcome.errors)")
    }
  }
}

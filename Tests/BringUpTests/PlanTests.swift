import BootImages
import BringUp
import DeviceTree
import Diagnostics
import Measures
import MemoryPlanner
import Testing
import Workspace

/// What a plan refuses, and what it warns of, by small inputs.
@Suite struct PlanTests {
  private static func words(_ diagnostic: Diagnostic?) -> String {
    guard let diagnostic else { return "nothing" }
    return ([diagnostic.message] + diagnostic.notes + [diagnostic.help ?? "no help"])
      .joined(separator: "\n")
  }

  /// What planning says, or "accepted".
  private static func refusal(_ inputs: SmallInputs) -> String {
    do {
      _ = try inputs.plan()
      return "accepted"
    } catch let error as any DiagnosticConvertible {
      return words(error.diagnostic)
    } catch {
      return "\(error)"
    }
  }

  @Test func nothingIsWrongWithTheSmallInputs() {
    #expect(Self.refusal(SmallInputs()) == "accepted")
  }

  // MARK: The tree after U-Boot moved it

  /// 256 MiB of RAM, of which U-Boot keeps the upper half: its window of 160 MiB ends there.
  @Test func theTreeIsMovedToBelowUBoot() throws {
    let plan = try SmallInputs(board: "nanopi-neo", builtFor: "sun8i-h3-nanopi-neo").plan()
    let moved = try #require(plan.memory.claims.first { $0.owner.contains("moves it to") })
    let uboot = try #require(plan.memory.claims.first { $0.owner == "U-Boot" })
    #expect(uboot.range.start == 0x4800_0000)
    #expect(moved.range.end == uboot.range.start)
    let script = try #require(plan.artefacts.first { $0.name == "boot.cmd" })
    let text = String(decoding: script.bytes, as: UTF8.self)
    #expect(text.contains("setenv bootm_low 0x40000000\nsetenv bootm_size 0x08000000\n"))
  }

  @Test(arguments: [
    // Less than a page, none of it in RAM, all of it above what U-Boot leaves.
    [("size: 0xa00_0000", "size: 0x1000")],
    [("base: 0x4000_0000\n  size: 0xa00_0000", "base: 0x1000_0000\n  size: 0xa00_0000")],
    [("base: 0x4000_0000\n  size: 0xa00_0000", "base: 0x7a00_0000\n  size: 0x100_0000")],
    [("reserve: 128MiB", "reserve: 2GiB")],
  ])
  func aWindowTooSmallForTheTree(changes: [(String, String)]) {
    #expect(
      Self.refusal(SmallInputs(socChanges: changes)).hasPrefix(
        "the device tree does not fit into the memory that U-Boot may move it to\n"))
  }

  // MARK: The boot script

  /// U-Boot reads the script to `scriptaddr` whatever we wish, so the tree has to make way.
  @Test func theTreeMakesWayForTheScript() {
    let said = Self.refusal(
      SmallInputs(socChanges: [("script: 0x4310_0000", "script: 0x4300_0000")]))
    #expect(said.hasPrefix("the device tree overlaps the boot script in memory\n"), "\(said)")
    #expect(said.contains("load the device tree at 0x43100000"), "\(said)")
  }

  @Test func theScriptCannotMakeWay() {
    let said = Self.refusal(
      SmallInputs(socChanges: [("script: 0x4310_0000", "script: 0x7c00_0000")]))
    #expect(said.hasPrefix("the boot script overlaps U-Boot in memory\n"), "\(said)")
    #expect(said.contains("U-Boot's own environment (`scriptaddr`)"), "\(said)")
    #expect(!said.contains("load the boot script"), "\(said)")
  }

  // MARK: The tree's reservations

  @Test func aReservationPastTheLastAddress() {
    let endless = MemoryReservation(address: 0xFFFF_FFFF_FFFF_F000, size: 0x2000)
    #expect(
      Self.refusal(SmallInputs(reservations: [endless])) == """
        the board's tree reserves 8 KiB at 0xfffffffffffff000, which runs past the last address
        correct the `/memreserve/` in the tree's source
        """)
  }

  // MARK: What Xen needs

  @Test func aProcessorWithoutHYPMode() {
    #expect(
      Self.refusal(SmallInputs(socChanges: [("hyp: true", "hyp: false")])) == """
        Xen needs HYP mode, which this board's SoC does not have (Allwinner A20 (sun7i), two \
        Cortex-A7)
        name a board whose SoC has it, or correct `processor: hyp:` in the SoC's file
        """)
  }

  /// Up to 4.4, Xen maps itself by one section of 2 MiB.
  @Test(arguments: [(4, 3), (4, 4)])
  func oldXenLiesInOneSection(major: Int, minor: Int) {
    // One block in which dom0 has all of its memory: 512 MiB find none.
    var inputs = SmallInputs(
      xenVersion: XenVersion(major: major, minor: minor), dom0Memory: .mebibytes(256))
    // Xen 4.3 has no driver for this UART at all, and is mute.
    inputs.accepted = [SmallInputs.acceptance(of: "xen-dtuart-resolves")]
    #expect(Self.refusal(inputs) == "accepted")
    inputs.xenSize = 2 << 20 | 4
    #expect(
      Self.refusal(inputs) == """
        Xen \(major).\(minor) cannot start: its image takes 2.0 MiB of memory, and before 4.5 it \
        maps no more than 2 MiB of itself
        use a smaller Xen or a newer one, or correct `xen: version:` in the project file
        """)
    inputs.xenSize = 4096
    inputs.socChanges = [("xen: 0x4200_0000", "xen: 0x4208_0000")]
    #expect(
      Self.refusal(inputs).hasPrefix(
        "Xen cannot be loaded at 0x42080000: the address must be a multiple of 0x00200000\n"))
  }

  @Test(arguments: [(4, 5), (4, 17)])
  func newerXenLiesAtAnyPage(major: Int, minor: Int) {
    let inputs = SmallInputs(
      socChanges: [("xen: 0x4200_0000", "xen: 0x4208_0000")],
      xenVersion: XenVersion(major: major, minor: minor), xenSize: 3 << 20)
    #expect(Self.refusal(inputs) == "accepted")
  }

  // MARK: Warnings

  /// The boot ROM starts it, but it sets up the other board's memory and voltages.
  @Test func theBootloaderOfASister() throws {
    let inputs = SmallInputs(builtFor: "sun7i-a20-cubietruck")
    #expect(
      try inputs.plan().warnings.map(Self.words) == [
        """
        the bootloader u-boot.bin was built for `sun7i-a20-cubietruck`, but the bananapi's tree is \
        `sun7i-a20-bananapi`
        use the bootloader that was built for this board, unless this one is known to serve it
        """
      ])
    #expect(try inputs.plan().warnings.map(\.severity) == [.warning])
  }

  @Test(arguments: ["sun7i-a20-bananapi", "allwinner/sun7i-a20-bananapi", ""])
  func theBoardsOwnBootloader(builtFor: String) throws {
    #expect(try SmallInputs(builtFor: builtFor).plan().warnings == [])
  }

  /// Which of a package serves is the board file's word.
  @Test func aBootloaderOfAPackage() throws {
    let origin = Input.Origin.package(
      name: "u-boot-sunxi", version: "1", sha256: "", member: "u-boot-sunxi-with-spl.bin")
    let inputs = SmallInputs(builtFor: "sun7i-a20-cubietruck", bootloaderOrigin: origin)
    #expect(try inputs.plan().warnings == [])
  }

  // MARK: Linux's command line

  /// Linux on 32-bit ARM keeps 1024 bytes of it, the NUL among them.
  @Test(arguments: [Project.Flow.linux, .kvm, .legacy])
  func argumentsThatLinuxWouldCutOff(flow: Project.Flow) throws {
    var inputs = SmallInputs(flow: flow, bootloaderWords: "bootenv=uEnv.txt\0")
    // `console=ttyS0,115200` and a blank stand before it.
    inputs.linuxArguments = String(repeating: "x", count: 1023 - 21)
    #expect(try inputs.plan().commandLines.linux.utf8.count == 1023)
    inputs.linuxArguments += "x"
    #expect(
      Self.refusal(inputs) == """
        the command line of Linux is 1024 bytes long; Linux takes 1023 and cuts off the rest
        shorten `linux: arguments:` in the project file
        """)
  }
}

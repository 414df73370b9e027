import BootImages
import BringUp
import Diagnostics
import Measures
import MemoryPlanner
import Testing
import Workspace

/// What each flow lays onto the card and into memory, by small inputs.
@Suite struct FlowPlanTests {
  private static func text(_ name: String, of plan: BuildPlan) throws -> String {
    let artefact = try #require(plan.artefacts.first { $0.name == name }, "no \(name)")
    return String(decoding: artefact.bytes, as: UTF8.self)
  }

  /// `OWNER FIRST` of all claims that are files' or what becomes of them.
  private static func places(_ plan: BuildPlan) -> [String] {
    plan.memory.claims.map { "\($0.owner) \($0.range.start)" }
  }

  private static func refusal(_ inputs: SmallInputs) throws -> [String] {
    do {
      _ = try inputs.plan()
      return ["accepted"]
    } catch let error as any DiagnosticConvertible {
      return [error.diagnostic.message, error.diagnostic.help ?? "no help"]
    }
  }

  // MARK: Linux

  @Test func linux() throws {
    let plan = try SmallInputs(flow: .linux).plan()
    #expect(
      plan.artefacts.map(\.name) == ["kernel", "initrd", "linux.dtb", "boot.cmd", "boot.scr"])
    #expect(plan.xenVersion == nil)
    #expect(plan.commandLines.linux == "console=ttyS0,115200 rw  quiet")
    #expect(plan.warnings == [])
    let script = try Self.text("boot.cmd", of: plan)
    #expect(script.contains("\nsetenv bootargs 'console=ttyS0,115200 rw  quiet'\n"))
    let size = try #require(plan.artefacts.first { $0.name == "initrd" }).bytes.count
    #expect(
      script.contains("  bootz 0x44000000 0x46000000:\(String(size, radix: 16)) 0x43000000\n"))
    #expect(!script.contains("bootm_boot_mode"))
    // U-Boot moves the RAM disk first, and the tree to below it.
    #expect(
      Self.places(plan) == [
        "the device tree 0x43000000", "the boot script 0x43100000", "the kernel 0x44000000",
        "the initial RAM disk 0x46000000",
        "the device tree where U-Boot moves it to 0x49ffb000",
        "the initial RAM disk where U-Boot moves it to 0x49fff000", "U-Boot 0x78000000",
      ])
  }

  @Test func aWindowTooSmallForTheRAMDisk() throws {
    let said = try Self.refusal(
      SmallInputs(socChanges: [("size: 0xa00_0000", "size: 0x100")], flow: .linux))
    #expect(
      said == [
        "the initial RAM disk does not fit into the memory that U-Boot may move it to",
        "correct `bootm` and `bootloader: reserve:` in the SoC's file",
      ])
  }

  /// U-Boot's own boot sequence loads to U-Boot's own addresses.
  @Test func linuxByExtlinux() throws {
    let plan = try SmallInputs(flow: .linux, bootScript: .extlinux).plan()
    #expect(
      plan.artefacts.map(\.name) == ["kernel", "initrd", "linux.dtb", "extlinux/extlinux.conf"])
    #expect(
      try Self.text("extlinux/extlinux.conf", of: plan).hasSuffix(
        """
        label linux
          kernel /kernel
          initrd /initrd
          fdt /linux.dtb
          append console=ttyS0,115200 rw  quiet

        """))
    #expect(
      Self.places(plan).prefix(4) == [
        "the kernel 0x42000000", "the device tree 0x43000000", "extlinux.conf 0x43100000",
        "the initial RAM disk 0x43400000",
      ])
  }

  @Test func extlinuxWithoutUBootsAddresses() throws {
    var inputs = SmallInputs(flow: .linux, bootScript: .extlinux)
    inputs.socChanges = [
      (
        """
        uboot-load:
          kernel: 0x4200_0000
          tree: 0x4300_0000
          script: 0x4310_0000
          initrd: 0x4340_0000
          source: >-
            kernel_addr_r, fdt_addr_r, scriptaddr and ramdisk_addr_r of U-Boot's
            include/configs/sunxi-common.h

        """, ""
      )
    ]
    let said = try Self.refusal(inputs)
    #expect(said[0].hasPrefix("a boot by extlinux.conf cannot be planned for: it is not known"))
    #expect(said[1].contains("add a section `uboot-load:`"))
  }

  // MARK: KVM

  @Test func kvmAsksForHYPMode() throws {
    let script = try Self.text("boot.cmd", of: SmallInputs(flow: .kvm).plan())
    #expect(script.contains("\nsetenv bootm_boot_mode nonsec\n"))
    let noHYP = [("hyp: true", "hyp: false")]
    #expect(
      try Self.refusal(SmallInputs(socChanges: noHYP, flow: .kvm))[0].hasPrefix(
        "KVM needs HYP mode, which this board's SoC does not have"))
    #expect(try Self.refusal(SmallInputs(socChanges: noHYP, flow: .linux)) == ["accepted"])
  }

  private static let all = "CONFIG_VIRTUALIZATION=y\nCONFIG_ARM_LPAE=y\nCONFIG_KVM=y\n"

  @Test(
    arguments: [
      ("# Linux/arm 5.6.19 Kernel Configuration\n" + all, ""),
      ("# Linux/arm 4.19.0-rc1 Kernel Configuration\n" + all, ""),
      (
        "# Linux/arm 5.7.0 Kernel Configuration\n" + all,
        "this kernel boots in HYP mode, but makes no /dev/kvm: Linux 5.7.0 has no KVM for 32-bit ARM"
      ),
      (
        "# Linux/arm 6.1.176 Kernel Configuration\n",
        "this kernel boots in HYP mode, but makes no /dev/kvm: Linux 6.1.176 has no KVM for 32-bit ARM"
      ),
      (
        "# Linux/arm 5.4.1 Kernel Configuration\nCONFIG_VIRTUALIZATION=y\n# CONFIG_KVM is not set\n",
        "this kernel boots in HYP mode, but makes no /dev/kvm: Linux 5.4.1 is built without "
          + "CONFIG_ARM_LPAE, CONFIG_KVM"
      ),
    ])
  func whetherThereWillBeKVM(config: String, words: String) throws {
    let warnings = try SmallInputs(flow: .kvm, config: config).plan().warnings
    #expect(warnings.map(\.message) == (words.isEmpty ? [] : [words]))
    #expect(warnings.allSatisfy { $0.help?.contains("Linux of 3.9 to 5.6 with CONFIG_") == true })
  }

  @Test func aKernelOfWhichNobodyKnows() throws {
    #expect(
      try SmallInputs(flow: .kvm).plan().warnings.map(\.help) == [
        "give its configuration as `inputs: config:` in the project file"
      ])
    #expect(
      try Self.refusal(SmallInputs(flow: .kvm, config: "no config"))[0]
        == "config is no configuration of a Linux kernel")
  }

  // MARK: The second set

  @Test(arguments: [Project.Flow.xen, .linux])
  func theSecondSet(flow: Project.Flow) throws {
    let plan = try SmallInputs(flow: flow, fallbackSize: 8192).plan()
    let names = plan.artefacts.map(\.name)
    let first = names.prefix { !$0.contains("/") }
    #expect(Set(names) == Set(first + first.map { "fallback/\($0)" } + ["boot.cmd", "boot.scr"]))
    // Of the two kernels, the larger one counts.
    let kernel = try #require(plan.memory.claims.first { $0.owner.hasSuffix("kernel") })
    #expect(kernel.range.size == 8192)
    let script = try Self.text("boot.cmd", of: plan)
    #expect(
      script.contains("0x44000000 fallback/kernel; then\n    if test \"${filesize}\" = \"2000\""))
  }

  // MARK: The U-Boot of 2013

  private static let legacy = SmallInputs(
    flow: .legacy, bootloaderWords: "bootenv=uEnv.txt\0")

  @Test func todaysUBootDoesNotReadUEnv() throws {
    var inputs = Self.legacy
    inputs.bootloaderWords = ""
    #expect(
      try Self.refusal(inputs)[0]
        == "the bootloader u-boot.bin never reads uEnv.txt, by which the flow `legacy` starts")
  }

  @Test func aKernelWithItsTree() throws {
    let plan = try Self.legacy.plan()
    #expect(plan.artefacts.map(\.name) == ["uImage", "uInitrd", "board.dtb", "uEnv.txt"])
    let text = try Self.text("uEnv.txt", of: plan)
    #expect(text.contains("\nbootargs=console=ttyS0,115200 rw  quiet\n"))
    #expect(text.contains("\ndtb=board.dtb\n") && text.contains("\nramdisk=uInitrd\n"))
    #expect(
      Self.places(plan) == [
        "the kernel where bootm moves it to 0x40008000", "uEnv.txt 0x44000000",
        "the kernel 0x46000000", "the device tree 0x49000000",
        "the initial RAM disk 0x4b000000", "U-Boot 0x78000000",
      ])
    let kernel = try #require(plan.artefacts.first)
    let image = try LegacyImage(parsing: kernel.bytes.span.bytes)
    #expect(image.kind == .kernel && image.load == 0x4000_8000 && image.entry == 0x4000_8000)
  }

  @Test func aVendorsKernelWithScriptBin() throws {
    var inputs = Self.legacy
    inputs.scriptBin = [1, 2, 3, 4]
    inputs.kernel = try LegacyImage.wrapping(
      SmallInputs.zImage(size: 4096, claims: 4096), kind: .kernel, load: 0x4100_0000,
      entry: 0x4100_0000, name: "3.4", time: 0)
    let plan = try inputs.plan()
    #expect(plan.artefacts.map(\.name) == ["uImage", "uInitrd", "script.bin", "uEnv.txt"])
    #expect(plan.artefacts.first?.bytes == inputs.kernel)
    #expect(try Self.text("uEnv.txt", of: plan).contains("\n#dtb=board.dtb\n"))
    #expect(
      Self.places(plan) == [
        "the kernel where bootm moves it to 0x41000000", "script.bin 0x43000000",
        "uEnv.txt 0x44000000", "the kernel 0x48000000", "the initial RAM disk 0x4b000000",
        "U-Boot 0x78000000",
      ])
  }

  @Test func aChipWithoutSuchDays() throws {
    var inputs = SmallInputs(board: "nanopi-neo", builtFor: "sun8i-h3-nanopi-neo", flow: .legacy)
    inputs.bootloaderWords = "uEnv.txt"
    #expect(
      try Self.refusal(inputs)[0].hasPrefix("the flow `legacy` cannot be planned for"))
  }
}

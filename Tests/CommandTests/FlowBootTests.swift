import BootImages
import BootScripts
import BuiltProgram
import Foundation
import Measures
import OutsideTools
import Testing

/// Every flow that an emulator can boot, and every way in which its files come into memory.
@Suite(.serialized) struct FlowBootTests {
  /// All that a shell could take amiss, for a kernel's command line.
  static let nasty = #"a;b cost=$5 ${x} "it's  two" path=C:\dir\ #1 &|"#

  private static func boot(
    _ project: TestProject, _ arguments: String...
  ) async throws -> (log: String, errors: String) {
    let outcome = try await Ctboot.run(
      ["emulate", "--log", "serial.log", "--timeout", "600"] + arguments, in: project.folder)
    try #require(outcome.status == 0, "\(outcome.errors)")
    // In a string, a carriage return and what it stands before are one character.
    let bytes = try Data(contentsOf: project["serial.log"]).filter { $0 != 0x0D }
    return (String(decoding: bytes, as: UTF8.self), outcome.errors)
  }

  /// The start of a range whose owner is given, in the memory map of a plan.
  private static func place(of owner: String, in project: TestProject) async throws -> String {
    let plan = try await project.run("build", "--plan")
    let line = try #require(plan.output.split(separator: "\n").first { $0.hasSuffix(owner) })
    return String(line.drop { $0 == " " }.dropFirst(2).prefix { $0 != "." })
  }

  private static func put(_ name: String, on project: TestProject) throws {
    let image = "build/emulate/qemu-virt/qemu-virt.img@@1M"
    let copy = try OutsideTool.run(
      "mcopy", ["-o", "-i", image, name, "::\(name)"], in: project.folder)
    try #require(copy.status == 0, "\(copy.output)")
  }

  @Test func linuxToThePrompt() async throws {
    let project = try TestProject(
      "board: qemu-virt\nflow: linux\nlinux:\n  arguments: >-\n    \(Self.nasty)\n")
    let (log, _) = try await Self.boot(project)
    #expect(log.contains("Kernel command line: console=ttyAMA0,115200 \(Self.nasty)\n"))
    #expect(log.contains(/\nctboot: linux is up: Linux 6\.1.* on no hypervisor\n/))
    #expect(!log.contains("(XEN)"))
    // U-Boot moved both to where the plan has them.
    let initrd = try await Self.place(
      of: "the initial RAM disk where U-Boot moves it to", in: project)
    let tree = try await Self.place(of: "the device tree where U-Boot moves it to", in: project)
    #expect(log.contains("Loading Ramdisk to \(initrd), "))
    #expect(log.contains("Loading Device Tree to \(tree), "))
  }

  @Test func kvmInHYPMode() async throws {
    let project = try TestProject("board: qemu-virt\nflow: kvm\n")
    let (log, errors) = try await Self.boot(project, "--until", "userspace")
    #expect(log.contains("CPU: All CPU(s) started in HYP mode."))
    #expect(
      errors.contains(
        /warning: this kernel boots in HYP mode, but makes no \/dev\/kvm: Linux 6\.1\.\d+ has no KVM/
      ))
    #expect(errors.contains("CONFIG_KVM=y"))
  }

  /// By U-Boot's own boot sequence, on the Cubietruck's sister.
  @Test func linuxByExtlinux() async throws {
    let project = try TestProject(
      """
      board: cubietruck
      flow: linux
      linux:
        arguments: >-
          \(Self.nasty)
      image: { boot: { script: extlinux } }

      """)
    let (log, _) = try await Self.boot(project)
    #expect(log.contains("Kernel command line: console=ttyS0,115200 \(Self.nasty)\n"))
    #expect(log.contains("Retrieving file: /linux.dtb"))
    #expect(!log.contains("ctboot: boot script"))
  }

  @Test func twoGuestsAndNoDom0() async throws {
    let good = try await GoodBuild.shared()
    let project = try TestProject(
      """
      board: qemu-virt
      flow: dom0less
      domains:
        - name: alice
          kernel: { file: kernel, address: 0x4400_0000 }
          initrd: { file: initrd, address: 0x4600_0000 }
          memory: 128MiB
          console: true
          arguments: console=ttyAMA0 guest=alice
        - name: bob
          kernel: { file: kernel, address: 0x4400_0000 }
          initrd: { file: initrd, address: 0x4600_0000 }
          memory: 128MiB
          console: true
          arguments: console=ttyAMA0 guest=bob

      """)
    for name in ["kernel", "initrd"] {
      try project.write(Data(contentsOf: good.project["build/boot/\(name)"]), as: name)
    }
    let printed = try await project.run("emulate", "--print-command")
    try #require(printed.status == 0, "\(printed.errors)")
    let log = try await SerialWatch(
      command: printed.output.trimmingCharacters(in: .newlines), folder: project.folder
    ).log(until: ["DOM1: ctboot: guest is up", "DOM2: ctboot: guest is up"])
    #expect(log.contains(/DOM1: .*Kernel command line: console=ttyAMA0 guest=alice\n/))
    #expect(log.contains(/DOM2: .*Kernel command line: console=ttyAMA0 guest=bob\n/))
    #expect(log.contains("DOM1: ctboot: guest is up"), "\(log.suffix(2000))")
    #expect(log.contains("DOM2: ctboot: guest is up"), "\(log.suffix(2000))")
    #expect(!log.contains("LOADING DOMAIN 0"))
    let prompt = try await project.run("emulate", "--until", "prompt")
    #expect(prompt.status == 2)
    #expect(prompt.errors.contains("in the flow `dom0less` does not pass the milestone prompt"))
  }

  /// The second set starts where a file of the first is gone, with what ctboot.env on the card says.
  @Test func theFallbackAndTheOverrides() async throws {
    let good = try await GoodBuild.shared()
    let project = try TestProject(
      "board: qemu-virt\nflow: linux\ninputs: { fallback-kernel: other }\n")
    try project.write(Data(contentsOf: good.project["build/boot/kernel"]), as: "other")
    let printed = try await project.run("emulate", "--print-command")
    try #require(printed.status == 0, "\(printed.errors)")
    let image = "build/emulate/qemu-virt/qemu-virt.img@@1M"
    let lost = try OutsideTool.run("mdel", ["-i", image, "::initrd"], in: project.folder)
    try #require(lost.status == 0, "\(lost.output)")
    // As an editor of another system writes it.
    let line = "bootargs=console=ttyAMA0,115200 mine=\"it's $5\" path=C:\\\\dir\\\\"
    try project.write("# mine\r\n\(line)\r\nbootdelay=9\r\n", as: "ctboot.env")
    try Self.put("ctboot.env", on: project)
    let log = try await SerialWatch(
      command: printed.output.trimmingCharacters(in: .newlines), folder: project.folder
    ).log(until: ["\nctboot: linux is up"])
    #expect(
      log.contains(
        "ctboot: initrd (initial RAM disk) could not be loaded: trying the next set of files\n"))
    #expect(log.contains("\nctboot: loaded Linux at 0x44000000\n"))
    #expect(
      log.contains(
        "Kernel command line: console=ttyAMA0,115200 mine=\"it's $5\" path=C:\\dir\\\n"))
    #expect(log.contains("\nctboot: linux is up"), "\(log.suffix(2000))")
  }

  /// Xen's own command line comes from ctboot.env, dom0's from the tree.
  @Test func overridesUnderXen() async throws {
    let project = try TestProject(
      "board: qemu-virt\ndom0:\n  arguments: >-\n    \(Self.nasty)\n")
    let printed = try await project.run("emulate", "--print-command")
    try #require(printed.status == 0, "\(printed.errors)")
    let xen = "console=dtuart dtuart=/pl011@9000000 dom0_mem=256M ctboot=mine"
    try project.write("xen_bootargs=\(xen)\n", as: "ctboot.env")
    try Self.put("ctboot.env", on: project)
    let log = try await SerialWatch(
      command: printed.output.trimmingCharacters(in: .newlines), folder: project.folder
    ).log(until: ["Kernel command line: ", "\nctboot: dom0 is up"])
    #expect(log.contains("\nctboot: xen,xen-bootargs comes from ctboot.env\n"))
    #expect(log.contains("(XEN) Allocating 1:1 mappings totalling 256MB for dom0:"))
    #expect(log.contains("Kernel command line: console=hvc0 \(Self.nasty)\n"))
    #expect(log.contains("\nctboot: dom0 is up"), "\(log.suffix(2000))")
  }

  /// As sunxi-fel leaves it: the files are in memory, the text is imported, bootcmd runs.
  @Test func filesInMemory() async throws {
    let project = try TestProject(
      "board: qemu-virt\ndom0: { memory: 256MiB }\n")
    let build = try await project.run("build")
    try #require(build.status == 0, "\(build.errors)")
    let composed = try await project.run("script", "compose", "--fel")
    try #require(composed.status == 0, "\(composed.errors)")
    #expect(composed.output.hasPrefix("#=uEnv\n"))
    let uploads = composed.output.matches(of: /write (0x[0-9a-f]+) (\S+)/).map {
      (address: String($0.output.1), file: String($0.output.2))
    }
    #expect(uploads.map(\.file) == ["xen", "kernel", "initrd", "xen.dtb", "uEnv.txt"])
    try project.write(composed.output, as: "build/boot/uEnv.txt")
    var command =
      "qemu-system-arm -M virt,virtualization=on,gic-version=2 -cpu cortex-a15 -smp 2 -m 1024"
      + " -display none -serial stdio -monitor none -nic none -no-reboot -bios build/boot/u-boot.bin"
    for (address, file) in uploads {
      command += " -device loader,file=build/boot/\(file),addr=\(address),force-raw=on"
    }
    let text = try #require(uploads.last)
    let size = String(composed.output.utf8.count, radix: 16)
    let log = try await SerialWatch(command: command, folder: project.folder).log(
      until: ["Kernel command line: "],
      asking: .init(after: "Hit any key", keys: " "),
      .init(after: "=> ", keys: "env import -t \(text.address) \(size); run bootcmd\n"))
    #expect(log.contains("\nctboot: boot script of qemu-virt\n"))
    #expect(log.contains("(XEN) Allocating 1:1 mappings totalling 256MB for dom0:"))
    #expect(log.contains("Kernel command line: console=hvc0"), "\(log.suffix(2000))")
  }

  /// From QEMU's own TFTP server.
  @Test func filesFromTheNetwork() async throws {
    let project = try TestProject("board: qemu-virt\nflow: linux\n")
    let build = try await project.run("build")
    try #require(build.status == 0, "\(build.errors)")
    let composed = try await project.run(
      "script", "compose", "--tftp", "10.0.2.2", "--ip", "10.0.2.15")
    try #require(composed.status == 0, "\(composed.errors)")
    let script = try LegacyImage.script(
      text: Array(composed.output.utf8), name: "test", time: 0)
    try project.write(Data(script), as: "script")
    let log = try await SerialWatch(
      command:
        "qemu-system-arm -M virt,virtualization=on,gic-version=2 -cpu cortex-a15 -smp 2 -m 1024"
        + " -display none -serial stdio -monitor none -no-reboot -bios build/boot/u-boot.bin"
        + " -netdev user,id=n,tftp=build/boot -device virtio-net-device,netdev=n"
        + " -device loader,file=script,addr=0x43100000,force-raw=on", folder: project.folder
    ).log(
      until: ["\nctboot: linux is up"], asking: .init(after: "Hit any key", keys: " "),
      .init(after: "=> ", keys: "source 43100000\n"))
    #expect(log.contains("\nctboot: loaded initial RAM disk at 0x46000000\n"))
    #expect(log.contains("\nctboot: linux is up"), "\(log.suffix(2000))")
  }
}

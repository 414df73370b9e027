import Boards
import BringUp
import BuiltProgram
import Foundation
import Initramfs
import OutsideTools
import Testing
import Workspace

/// Debian's kernel finds a root on a disk, with the modules that the board's files name and nothing
/// more.
@Suite(.serialized) struct RootBootTests {
  /// The root's own init says where it runs; its shell has no commands but busybox.
  private static let rootInit = """
    #!/bin/busybox sh
    echo "the root is up: $(/bin/busybox grep ' / ' /proc/mounts | /bin/busybox tail -n 1)"
    echo "arguments: $*"
    exec /bin/busybox setsid /bin/busybox cttyhack /bin/sh

    """

  private static func initramfs(
    for root: Root, on name: String, busybox: [UInt8]
  ) async throws -> RootInitramfs {
    let data = try DataFiles(
      project: nil, surroundings: try Surroundings(environment: ["HOME": "/nowhere"]))
    let catalogue = try data.boards()
    let board = try catalogue.board(named: name)
    let modules = try RootModules(for: root, on: board, with: catalogue.soc(of: board))
    let (package, repository) = try await DebianFile.kernelPackage()
    return RootInitramfs(
      busybox: busybox, initScript: try data.template("root-init.sh").text,
      dhcpScript: try data.template("dhcp.sh").text,
      modules: try await modules.found(in: package, of: repository), fileSystems: [.ext4])
  }

  private static func command(_ machine: [String], append: [String]) -> String {
    (["qemu-system-arm -nic none -no-reboot -display none -serial mon:stdio"]
      + ["-kernel kernel -initrd initrd"] + machine
      + ["-append '\(append.joined(separator: " "))'"])
      .joined(separator: " ")
  }

  private static let virt = [
    "-M virt -cpu cortex-a15 -m 512",
    "-drive if=none,file=disk.img,format=raw,id=d -device virtio-blk-device,drive=d",
  ]
  private static let pi = [
    "-M orangepi-pc -m 1G -dtb tree.dtb", "-drive if=sd,file=disk.img,format=raw",
  ]

  /// A folder with kernel, initrd and disk.
  private static func prepare(
    _ board: String
  ) async throws -> (folder: TestProject, disk: RootDisk) {
    let folder = try TestProject("")
    let busybox = Array(try await DebianFile.busybox.data())
    try await folder.write(DebianFile.kernel.data(), as: "kernel")
    let disk = try RootDisk(at: folder["disk.img"], busybox: busybox, initScript: rootInit)
    let initramfs = try await initramfs(
      for: .partition(id: disk.id, .ext4), on: board, busybox: busybox)
    try folder.write(Data(try initramfs.archive(modified: 0)), as: "initrd")
    return (folder, disk)
  }

  /// Boots, and looks for each step in its order.
  private static func boot(
    _ folder: TestProject, _ disk: RootDisk, _ machine: [String], console: String
  ) async throws -> String {
    let root = Root.partition(id: disk.id, .ext4)
    let watch = SerialWatch(
      command: command(
        machine, append: ["console=\(console)"] + root.arguments + ["rw", "single"]),
      folder: folder.folder)
    let log = try await watch.log(
      until: ["the root is up", "\n5535"],
      asking: .init(after: "# ", keys: "echo $((123*45))\n"))
    var rest = log[...]
    for step in RootMilestone.steps(to: root) {
      let place = try #require(rest.range(of: step.line), "no \(step.line)in:\n\(log.suffix(3000))")
      rest = rest[place.upperBound...]
    }
    #expect(log.contains("arguments: single\n"))
    #expect(!log.contains("cannot load"), "\(log.suffix(3000))")
    #expect(log.contains("\n5535"), "the shell gave no answer:\n\(log.suffix(2000))")
    return log
  }

  @Test func fromADiskToItsShell() async throws {
    let (folder, disk) = try await Self.prepare("qemu-virt")
    let log = try await Self.boot(folder, disk, Self.virt, console: "ttyAMA0")
    #expect(log.contains("PARTUUID=12ab34cd-02 is /dev/vda2\n"))
    #expect(log.contains("the root is up: /dev/vda2 / ext4 rw,relatime"))
  }

  /// The machine has the controller of the boards' SoCs.
  @Test func fromACardToItsShell() async throws {
    let (folder, disk) = try await Self.prepare("orangepi-pc")
    try await folder.write(DebianFile.tree("sun8i-h3-orangepi-pc").data(), as: "tree.dtb")
    let log = try await Self.boot(folder, disk, Self.pi, console: "ttyS0,115200")
    #expect(log.contains("PARTUUID=12ab34cd-02 is /dev/mmcblk0p2\n"))
    #expect(log.contains("the root is up: /dev/mmcblk0p2 / ext4 rw,relatime"))
  }

  @Test func aRootThatIsNotThere() async throws {
    let (folder, _) = try await Self.prepare("qemu-virt")
    let watch = SerialWatch(
      command: Self.command(
        Self.virt, append: ["console=ttyAMA0", "root=PARTUUID=deadbeef-02", "rootwait=3"]),
      folder: folder.folder)
    let log = try await watch.log(
      until: ["\n5535"], asking: .init(after: "try again", keys: "echo $((123*45))\n"))
    #expect(
      log.contains(
        "\(RootMilestone.stopped)waiting: PARTUUID=deadbeef-02 did not appear within 3 seconds\n"))
    #expect(
      log.contains("block devices: vda (65536 KiB) vda1 (1024 KiB) vda2 (61440 KiB)\n"))
    #expect(log.contains("\n5535"), "no shell:\n\(log.suffix(2000))")
  }
}

import BuiltProgram
import Foundation
import Testing

/// Project files that say what cannot be meant.
@Suite struct BadProjectTests {
  @Test func aTypo() async throws {
    let project = try await TestProject.built("inptus: { kernel: debian }\n")
    try await project.expectRefusal(
      """
      error: `inptus` is not a key here
        at ctboot.yaml:2:1
        note: known keys: version, board, flow, root, inputs, xen, dom0, linux, domains, load, image, lint
        help: did you mean `inputs`?
      """)
  }

  @Test func anUnknownBoard() async throws {
    let project = try TestProject("board: cubietrukc\n")
    try await project.putEarlierBuild()
    try await project.expectRefusal(
      """
      error: there is no board `cubietrukc`
        note: known: arndale, bananapi, cubieboard2, cubietruck, midway, mustang, nanopi-neo, \
      omap5-uevm, orangepi-pc, qemu-virt, vexpress-tc2
        help: did you mean `cubietruck`?
      """)
  }

  @Test func noProjectFile() async throws {
    let project = try await TestProject.built()
    try await project.expectRefusal(
      of: ["build", "-p", "other.yaml"],
      """
      error: there is no project file other.yaml
        help: write one with `ctboot init`, or name another with `-p FILE`
      """)
  }

  @Test func moreMemoryForDom0ThanAnyBoardHas() async throws {
    let project = try await TestProject.built("dom0: { memory: 1TiB }\n")
    try await project.expectRefusal(
      """
      error: dom0 cannot have 1024 GiB of memory on the cubietruck, whose largest variant has 2 GiB
        note: Xen keeps at least 32 MiB for itself
        help: give it less with `dom0: memory:` in the project file, or leave that out
      """)
  }

  @Test func aPackageWithoutAKernel() async throws {
    let project = try await TestProject.built("inputs: { kernel: \"debian:busybox-static\" }\n")
    let outcome = try await project.run("build", "--offline")
    #expect(outcome.status == 2)
    let lines = outcome.errors.split(separator: "\n")
    #expect(lines.first?.hasPrefix("error: busybox-static 1:") == true, "\(outcome.errors)")
    #expect(lines.first?.hasSuffix("holds no member 'boot/vmlinuz-*'") == true)
    #expect(lines.last?.hasPrefix("  help: ") == true)
    try await project.expectEarlierBuildUntouched()
  }

  /// QEMU makes this board's tree, so nothing says where in a package one would lie.
  @Test func aPackagedTreeForABoardThatHasNone() async throws {
    let project = try TestProject(
      "board: qemu-virt\ninputs: { tree: \"debian:linux-image-armmp\" }\n")
    try await project.putEarlierBuild()
    try await project.expectRefusal(
      """
      error: no package is known to hold the tree for qemu-virt
        help: give a file as `inputs: tree:` in the project file
      """)
  }

  @Test func aBoardWhoseBootloaderIsNoPackage() async throws {
    let project = try TestProject("board: arndale\n")
    try await project.putEarlierBuild()
    try await project.expectRefusal(
      """
      error: no package is known to hold the bootloader for arndale
        help: give a file as `inputs: bootloader:` in the project file
      """)
  }

  @Test func aBoardOf64Bits() async throws {
    let project = try TestProject("board: mustang\n")
    try await project.putEarlierBuild()
    try await project.expectRefusal(
      """
      error: nothing is built for this board's SoC, which is no 32-bit ARM one (Applied Micro \
      X-Gene 1 (Storm), eight cores of 64 bits)
        help: name a board with a 32-bit SoC; trees of this one can be linted and composed
      """)
  }

  @Test func severalFilesOfAPackageWhereOneIsWanted() async throws {
    let project = try await TestProject.built()
    let shipped = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Boards/distribution/debian.yaml")
    let text = try String(contentsOf: shipped, encoding: .utf8)
    try project.write(
      text.replacing("boot/xen-*-armhf", with: "boot/xen-*"),
      as: "Boards/distribution/debian.yaml")
    try await project.expectRefusal(
      """
      error: 2 files of PACKAGE may be the xen: boot/xen-VERSION, boot/xen-VERSION.config
        help: give one as `inputs: xen:` in the project file
      """
    ) {
      $0.replacing(/xen-hypervisor-\S* [^:]\S*/, with: "PACKAGE")
        .replacing(/xen-[0-9.]*-armhf/, with: "xen-VERSION")
    }
  }
}

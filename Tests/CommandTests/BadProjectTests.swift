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

  private static let tooLargeADom0 = """
    error: dom0 cannot have 1024 GiB of memory on the cubietruck
      at ctboot.yaml:2:17
      note: with 1 GiB of RAM: only SIZE of memory is free for dom0
      note: with 2 GiB of RAM: only SIZE of memory is free for dom0
      help: give it a size that every boot places alike: `dom0: { memory: 512MiB }` in the project \
    file; such sizes are 128 MiB, 512 MiB
    """

  /// Sizes of packages' files change with their versions.
  private static func levelled(_ text: String) -> String {
    text.replacing(/only .*? of/, with: "only SIZE of")
  }

  @Test func moreMemoryForDom0ThanAnyBoardHas() async throws {
    let project = try await TestProject.built("dom0: { memory: 1TiB }\n")
    try await project.expectRefusal(Self.tooLargeADom0, levelling: Self.levelled)
    // The plan is drawn, with what would do.
    for format in ["text", "json"] {
      let plan = try await project.run("plan", "--offline", "--format", format)
      #expect(plan.status == 1)
      #expect(Self.levelled(plan.errors) == Self.tooLargeADom0 + "\n")
      #expect(
        plan.output.contains(
          format == "text"
            ? "\n  sizes of its memory that are determined: 128 MiB, 512 MiB, 768 MiB\n"
            : "\"determinedSizes\" : ["))
    }
  }

  /// A smaller board stops what a larger one of the same name would boot.
  @Test func moreMemoryForDom0ThanTheSmallerBoardHas() async throws {
    let project = try await TestProject.built("dom0: { memory: 1GiB }\n")
    let build = try await project.run("build", "--offline", "-o", "card")
    #expect(build.status == 0)
    #expect(
      build.errors.hasPrefix(
        "warning: dom0 cannot have 1 GiB of memory on the cubietruck with 1 GiB of RAM\n"))
  }

  /// Xen starts all guests at once.
  @Test func moreMemoryForGuestsThanTheBoardHas() async throws {
    let good = try await GoodBuild.shared()
    let project = try TestProject(
      """
      board: bananapi
      flow: dom0less
      domains:
        - { name: alice, kernel: { file: zImage, address: 0x4700_0000 }, memory: 900MiB }
        - { name: bob, kernel: { file: zImage, address: 0x4700_0000 }, memory: 900MiB }

      """)
    try await project.putEarlierBuild()
    try project.write(Data(contentsOf: good.project["build/boot/kernel"]), as: "zImage")
    try await project.expectRefusal(
      """
      error: the guests are to have 1.7 GiB of memory together, but Xen leaves SIZE on the bananapi
        at ctboot.yaml:4:28
        note: alice: 900 MiB
        note: bob: 900 MiB
        note: Xen keeps its heap, its table of pages and all loaded files until guests have started
        help: give them less: `memory:` of the guests under `domains:` in the project file
      """, levelling: { $0.replacing(/leaves .*? on/, with: "leaves SIZE on") })
    #expect(try await project.run("plan", "--offline").status == 1)
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

import BuiltProgram
import Foundation
import Testing

/// Files that cannot be booted, made of real ones: each is refused with what, where and what next.
@Suite struct BadInputTests {
  @Test func aMissingKernel() async throws {
    let project = try await TestProject.built("inputs: { kernel: vmlinuz }\n")
    try await project.expectRefusal(
      """
      error: vmlinuz does not exist
        note: it is to be the kernel, by `inputs: kernel:` in the project file
        help: check the name, or create the file
      """)
  }

  @Test func aTruncatedKernel() async throws {
    let project = try await TestProject.built("inputs: { kernel: vmlinuz }\n")
    let kernel = try await DebianFile.kernel.data()
    try project.write(kernel.dropLast(1000), as: "vmlinuz")
    try await project.expectRefusal(
      """
      error: the kernel vmlinuz is cut short: 1000 of its \(kernel.count) bytes are missing
        help: fetch the file again
      """)
  }

  @Test func aKernelWhereXenShouldBe() async throws {
    let project = try await TestProject.built("inputs: { xen: vmlinuz }\n")
    try project.write(try await DebianFile.kernel.data(), as: "vmlinuz")
    try await project.expectRefusal(
      """
      error: the Xen image vmlinuz must be Xen for 32-bit ARM, but it is a 32-bit ARM kernel \
      (zImage)
        help: give xen-VERSION-armhf of a xen-hypervisor package; if this one is Xen, it is cut \
      short: fetch it again
      """)
  }

  @Test func xenWhereTheKernelShouldBe() async throws {
    let project = try await TestProject.built("inputs: { kernel: xen }\n")
    try project.write(try await DebianFile.xen.data(), as: "xen")
    try await project.expectRefusal(
      """
      error: the kernel xen must be a 32-bit ARM kernel (zImage), but it is Xen 4.17 for 32-bit ARM
        help: give the kernel of Debian's linux-image-armmp package for armhf
      """)
  }

  @Test func anSPLWithAWrongChecksum() async throws {
    let project = try await TestProject.built("inputs: { bootloader: u-boot.bin }\n")
    var bootloader = try await DebianFile.cubietruck.data()
    let sum = bootloader[12..<16].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    bootloader.put(sum &+ 1, at: 12)
    try project.write(bootloader, as: "u-boot.bin")
    let (stored, computed) = (String(sum &+ 1, radix: 16), String(sum, radix: 16))
    try await project.expectRefusal(
      """
      error: the bootloader u-boot.bin cannot be used: the SPL's checksum is wrong: its header \
      says 0x\(stored), its bytes sum up to 0x\(computed)
        note: The boot ROM checks this sum and passes over an SPL that fails
        help: fetch or build the file again
      """)
  }

  @Test func anSPLOfAnotherSoC() async throws {
    let project = try await TestProject.built("inputs: { bootloader: u-boot.bin }\n")
    try project.write(try await DebianFile.bootloader("orangepi_plus").data(), as: "u-boot.bin")
    try await project.expectRefusal(
      """
      error: the bootloader u-boot.bin was built for `sun8i-h3-orangepi-plus`, which is no board \
      with an Allwinner A20 (sun7i), two Cortex-A7
        help: use the bootloader that was built for this board, or name the right board
      """)
  }

  @Test func aBootloaderTooLargeForItsGap() async throws {
    let project = try await TestProject.built("inputs: { bootloader: u-boot.bin }\n")
    var bootloader = try await DebianFile.cubietruck.data()
    bootloader.append(Data(count: 2 << 20))
    try project.write(bootloader, as: "u-boot.bin")
    try await project.expectRefusal(
      """
      error: the bootloader (2.5 MiB from 8 KiB on) overlaps the boot partition, \
      which starts at 1 MiB
        help: use a bootloader that ends before the partition: check that `inputs: bootloader:` is \
      a u-boot-sunxi-with-spl.bin
      """)
  }

  @Test func aTreeForAnotherSoC() async throws {
    let project = try await TestProject.built("inputs: { tree: board.dtb }\n")
    try project.write(try await DebianFile.tree("sun8i-h3-orangepi-pc").data(), as: "board.dtb")
    try await project.expectRefusal(
      """
      error: the device tree board.dtb is not for this board's SoC, the Allwinner A20 (sun7i), two \
      Cortex-A7
        note: its root is compatible with `xunlong,orangepi-pc`, `allwinner,sun8i-h3`
        note: `allwinner,sun7i-a20` is wanted
        help: use the tree of this board, or name the right board
      """)
  }

  @Test func anEmptyTree() async throws {
    let project = try await TestProject.built("inputs: { tree: board.dtb }\n")
    try project.write("", as: "board.dtb")
    try await project.expectRefusal(
      """
      error: the device tree board.dtb must be a compiled device tree (.dtb), but it is an empty file
        help: fetch or build the file again
      """)
  }

  @Test func theSourceOfATreeByAnotherName() async throws {
    let project = try await TestProject.built("inputs: { tree: board.dtb }\n")
    try project.write("/dts-v1/;\n/ { compatible = \"allwinner,sun7i-a20\"; };\n", as: "board.dtb")
    try await project.expectRefusal(
      """
      error: the device tree board.dtb must be a compiled device tree (.dtb), but it is the source of a \
      device tree
        help: compile it with: dtc -I dts -O dtb -o TREE.dtb board.dtb
      """)
  }

  @Test func a64BitKernelForA32BitBoard() async throws {
    let project = try await TestProject.built("inputs: { kernel: Image }\n")
    // The header of Linux's Documentation/arch/arm64/booting.rst in place of the 32-bit one.
    var kernel = try await DebianFile.kernel.data()
    kernel.put(0, at: 0x24)
    kernel.put(0x644D_5241, at: 56)
    try project.write(kernel, as: "Image")
    try await project.expectRefusal(
      """
      error: the kernel Image must be a 32-bit ARM kernel (zImage), but it is a 64-bit ARM kernel \
      (Image)
        help: give the kernel of Debian's linux-image-armmp package for armhf
      """)
  }

  @Test func aKernelTooLargeForItsSlot() async throws {
    let project = try await TestProject.built("inputs: { kernel: vmlinuz }\n")
    // A whole kernel with a large tail, as one with a built-in RAM disk is.
    var kernel = try await DebianFile.kernel.data()
    kernel.append(Data(count: (40 << 20) - kernel.count))
    kernel.put(40 << 20, at: 0x2C)
    try project.write(kernel, as: "vmlinuz")
    try await project.expectRefusal(
      """
      error: the initial RAM disk overlaps the dom0 kernel in memory
        at Boards/soc/a20.yaml:43:11
        note: the initial RAM disk: 0x46000000..END (SIZE), its file (Boards/soc/a20.yaml:43:11)
        note: the dom0 kernel: 0x44000000..0x467fffff (40 MiB), its file (Boards/soc/a20.yaml:42:11)
        help: load the initial RAM disk at 0x46800000, the nearest address where it fits: \
      `load: { initrd: 0x46800000 }` in the project file, or `auto`
      """
    ) { $0.replacing(/(0x46000000)\.\.0x\w+ \(.*?\)/) { "\($0.output.1)..END (SIZE)" } }
  }
}

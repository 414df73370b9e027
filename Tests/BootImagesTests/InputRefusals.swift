import BootImages

extension InputCheckTests {
  static let refusals: [Refusal] = [
    Refusal(
      role: .ramdisk, bytes: Fixture.zImage(),
      message: "the RAM disk FILE must be a cpio archive, packed or not, but it is a 32-bit ARM"
        + " kernel (zImage)",
      help: "give the initrd that was made for this kernel"),
    Refusal(
      role: .policy, bytes: Fixture.gzip(),
      message: "the XSM policy FILE must be a FLASK policy, but it is a file packed with gzip",
      help: "give the xenpolicy-VERSION that was built with this Xen"),
    Refusal(
      role: .kernel, bytes: Fixture.arm64Image(),
      message: "the kernel FILE must be a 32-bit ARM kernel (zImage), but it is a 64-bit ARM"
        + " kernel (Image)",
      help: "give the kernel of Debian's linux-image-armmp package for armhf"),
    Refusal(
      role: .kernel, bytes: Fixture.gzip(),
      message: "the kernel FILE must be a 32-bit ARM kernel (zImage), but it is a file packed"
        + " with gzip",
      help: "unpack it with gunzip, then give the unpacked file"),
    Refusal(
      role: .kernel, bytes: Fixture.xen(),
      message: "the kernel FILE must be a 32-bit ARM kernel (zImage), but it is Xen 4.17 for"
        + " 32-bit ARM",
      help: "give the kernel of Debian's linux-image-armmp package for armhf"),
    Refusal(
      role: .kernel, bytes: Fixture.zImage(fileSize: 4000, claims: 4096),
      message: "the kernel FILE is cut short: 96 of its 4096 bytes are missing",
      help: "fetch the file again"),
    Refusal(
      role: .kernel, bytes: Fixture.zImage(fileSize: 64, claims: 0),
      message: "the kernel FILE cannot be used: the zImage header says that it ends at"
        + " 0x00000000, which is not after its start at 0x00000000",
      help: "fetch or build the file again"),
    Refusal(
      role: .kernel, bytes: [],
      message: "the kernel FILE must be a 32-bit ARM kernel (zImage), but it is an empty file",
      help: "fetch or build the file again"),
    Refusal(
      role: .xen, bytes: Fixture.zImage(),
      message: "the Xen image FILE must be Xen for 32-bit ARM, but it is a 32-bit ARM kernel"
        + " (zImage)",
      help: "give xen-VERSION-armhf of a xen-hypervisor package; if this one is Xen, it is cut"
        + " short: fetch it again"),
    Refusal(
      role: .tree, bytes: Array("/dts-v1/;\n/ { };\n".utf8),
      message: "the device tree FILE must be a compiled device tree (.dtb), but it is the source"
        + " of a device tree",
      help: "compile it with: dtc -I dts -O dtb -o TREE.dtb FILE"),
    Refusal(
      role: .tree, bytes: Fixture.tree(size: 100),
      message: "the device tree FILE cannot be used: the device tree is 100 bytes long, but only"
        + " 72 are there",
      help: "fetch the file again, or compile it again with dtc"),
    Refusal(
      role: .tree, bytes: Fixture.tree(size: 39),
      message: "the device tree FILE cannot be used: the device tree's header says it is 39 bytes"
        + " long, less than the header itself",
      help: "fetch the file again, or compile it again with dtc"),
    Refusal(
      role: .bootloader, bytes: Fixture.uBoot(),
      message: "the bootloader FILE must be u-boot-sunxi-with-spl.bin, but it is a plain U-Boot"
        + " 2023.01+test binary",
      help: "give u-boot-sunxi-with-spl.bin, which starts with the SPL that this file lacks"),
    Refusal(
      role: .bootloader, bytes: Fixture.spl(),
      message: "the bootloader FILE cannot be used: there is no U-Boot behind the SPL, at byte"
        + " 32768",
      help: "give u-boot-sunxi-with-spl.bin, not sunxi-spl.bin, which is only its first part"),
    Refusal(
      role: .bootloader, bytes: Fixture.damagedSPL(),
      message: "the bootloader FILE cannot be used: the SPL's checksum is wrong: its header says"
        + " 0x00000001, its bytes sum up to 0x8051755c",
      help: "fetch or build the file again"),
    Refusal(
      role: .firmware, bytes: Fixture.bootloader(),
      message: "the firmware FILE must be a plain U-Boot binary (u-boot.bin) for 32-bit ARM, but"
        + " it is an Allwinner bootloader (SPL)",
      help: "give qemu_arm/u-boot.bin of the package u-boot-qemu"),
    Refusal(
      role: .firmware, bytes: [0x0A, 0, 0, 0x14] + Fixture.uBoot().dropFirst(4),
      message: "the firmware FILE is \(Fixture.uBootText), but not for 32-bit ARM",
      help: "give qemu_arm/u-boot.bin of the package u-boot-qemu"),
    Refusal(
      role: .xen, bytes: Array("!<arch>\ndebian-binary".utf8),
      message: "the Xen image FILE must be Xen for 32-bit ARM, but it is a Debian package",
      help: "unpack it with: dpkg-deb -x FILE FOLDER"),
  ]
}

extension Fixture {
  static func damagedSPL() -> [UInt8] {
    var bytes = spl()
    replace(&bytes, at: 0x0C, littleEndian: 1)
    return bytes
  }
}

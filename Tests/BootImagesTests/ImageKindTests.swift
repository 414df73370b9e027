import BootImages
import Testing

@Suite struct ImageKindTests {
  /// Each kind by an example of it, and how it is called.
  static let examples: [(bytes: [UInt8], words: String)] = [
    (Fixture.xen(), "Xen 4.17 for 32-bit ARM"),
    (Fixture.zImage(), "a 32-bit ARM kernel (zImage)"),
    (
      Fixture.arm64Image() + Array("xen,xen-4.18\0xen,xen\0".utf8), "Xen 4.18 for 64-bit ARM"
    ),
    (Fixture.arm64Image(), "a 64-bit ARM kernel (Image)"),
    (
      Array("MZ".utf8) + Fixture.at(0x200, Array("HdrS".utf8), size: 600), "an x86 kernel (bzImage)"
    ),
    (Fixture.legacy(type: 3, payload: [1]), "an initrd in a U-Boot wrapper (uImage)"),
    (Fixture.legacy(type: 2, payload: [1]), "a kernel in a U-Boot wrapper (uImage)"),
    (Fixture.legacy(type: 6, payload: [1]), "a U-Boot boot script"),
    (Fixture.tree(), "a compiled device tree"),
    (Array("// SPDX\n/dts-v1/;\n/ {};\n".utf8), "the source of a device tree"),
    (Fixture.spl(), "an Allwinner bootloader (SPL)"),
    (Fixture.uBoot(), "a plain U-Boot 2023.01+test binary"),
    (Fixture.gzip(), "a file packed with gzip"),
    ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], "a file packed with xz"),
    ([0x28, 0xB5, 0x2F, 0xFD, 0], "a file packed with zstd"),
    (Array("BZh91AY".utf8), "a file packed with bzip2"),
    ([0x04, 0x22, 0x4D, 0x18], "a file packed with lz4"),
    ([0x02, 0x21, 0x4C, 0x18], "a file packed with lz4"),
    ([0x5D, 0, 0, 0x80, 0], "a file packed with lzma"),
    ([0x89, 0x4C, 0x5A, 0x4F, 0], "a file packed with lzop"),
    (Array("070701000000".utf8), "a cpio archive"),
    (Fixture.at(257, Array("ustar".utf8), size: 512), "a tar archive"),
    (Array("!<arch>\ndebian-binary   ".utf8), "a Debian package"),
    (Fixture.elf(machine: 40), "an ELF file for 32-bit ARM"),
    (Fixture.elf(machine: 62), "an ELF file for 64-bit x86"),
    (Fixture.elf(machine: 20, bigEndian: true), "an ELF file for PowerPC"),
    (Fixture.elf(machine: 999), "an ELF file for machine 999"),
    (Array("MZ".utf8) + [0, 0], "a Windows or UEFI program"),
    (
      Fixture.at(450, [12] + [UInt8](repeating: 0, count: 59) + [0x55, 0xAA], size: 1024),
      "a disk image"
    ),
    (Array("setenv bootargs größer\n".utf8), "a text"),
    ([], "an empty file"),
    ([0, 1, 2, 3], "a file of no kind that is known here"),
  ]

  @Test(arguments: examples)
  func recognises(example: (bytes: [UInt8], words: String)) {
    let kind = ImageKind.recognise(example.bytes.span.bytes)
    #expect(kind.description == example.words)
  }

  /// A letter of two bytes lies across the place up to which a text is looked at.
  @Test func aLongTextStaysAText() {
    let bytes = Array((String(repeating: "x", count: 65_535) + "ä and more").utf8)
    #expect(ImageKind.recognise(bytes.span.bytes) == .text)
  }
}

import Hush
import Testing

/// How U-Boot reads an extlinux.conf.
@Suite struct ExtlinuxFileTests {
  private func words(_ value: ExtlinuxFile.Value?) -> String? {
    value.map { String(decoding: $0.text, as: UTF8.self) }
  }

  @Test func aWholeFile() {
    let file = ExtlinuxFile(
      Array(
        """
        # comment
        menu title Boot
        timeout 50
        DEFAULT two
        label one
          kernel /zImage
        label two
          LINUX /vmlinuz#conf
          append root=/dev/sda1 # kept
          initrd /initrd.img
          fdt /a.dtb
          fdtoverlays /x.dtbo /y.dtbo
        """.utf8))
    #expect(file.labels.map { words($0.name) } == ["one", "two"])
    #expect(words(file.title) == "Boot" && words(file.timeout) == "50" && file.showsMenu)
    #expect(words(file.first?.name) == "two")
    #expect(words(file.first?.kernel) == "/vmlinuz" && file.first?.configuration != nil)
    #expect(words(file.first?.append) == "root=/dev/sda1 # kept")
    #expect(words(file.first?.fdtoverlays) == "/x.dtbo /y.dtbo")
    #expect(file.complaints.isEmpty && file.isAccepted)
  }

  @Test func anInitialRAMDiskMayStandInTheArguments() {
    let file = ExtlinuxFile(Array("label a\nlinux /k\nappend initrd=/i quiet\n".utf8))
    #expect(words(file.first?.initrd) == "/i")
  }

  @Test func whatIsNoCommandIsPassedOverAndEndsTheLabel() {
    let file = ExtlinuxFile(Array("label a\nfoo bar\nlinux /k\n".utf8))
    #expect(file.complaints.map(\.kind) == [.unknownCommand, .unknownCommand])
    #expect(file.labels.count == 1 && file.labels.first?.kernel == nil)
  }

  @Test func aKeywordWithoutItsValueSpoilsTheFile() {
    let file = ExtlinuxFile(Array("label a\nlinux\ninitrd /i\n".utf8))
    #expect(!file.isAccepted && file.first?.initrd == nil)
  }
}

import Boards
import Emulator
import Measures
import SystemPackage
import Testing

@Suite struct QEMUCommandTests {
  static let virt = Emulation(
    machine: "virt,virtualization=on,gic-version=2", processor: "cortex-a15", cores: 2,
    memory: .gibibytes(1), disk: .virtio, bootloaderIsFirmware: true, options: ["-nic", "none"])
  static let card = Emulation(
    machine: "orangepi-pc", memory: .gibibytes(1), disk: .sd, options: ["-nic", "none"])

  @Test func bootsAVirtioDiskWithFirmware() {
    let command = QEMUCommand(
      emulation: Self.virt, image: "build/card.img", bootloader: "u-boot.bin")
    #expect(
      command.shellLine == """
        qemu-system-arm -M virt,virtualization=on,gic-version=2 -cpu cortex-a15 -smp 2 -m 1024M \
        -display none -serial stdio -monitor none \
        -drive if=none,id=card,format=raw,file=build/card.img \
        -device virtio-blk-device,drive=card -bios u-boot.bin -no-reboot -nic none
        """)
  }

  @Test func bootsACardThatHoldsItsBootloader() {
    let command = QEMUCommand(
      emulation: Self.card, image: "card.img", bootloader: "not-used.bin")
    #expect(
      command.shellLine == """
        qemu-system-arm -M orangepi-pc -m 1024M -display none -serial stdio -monitor none \
        -drive if=sd,format=raw,file=card.img -no-reboot -nic none
        """)
  }

  @Test(arguments: [
    ("a,b.img", "file=a,,b.img"),
    ("nbd:card.img", "file=./nbd:card.img"),
    ("/srv/a:b.img", "file=/srv/a:b.img"),
    ("two words.img", "file=two words.img"),
  ])
  func namesAnyFile(image: String, argument: String) {
    let command = QEMUCommand(emulation: Self.card, image: .init(image))
    #expect(command.arguments.contains("if=sd,format=raw,\(argument)"))
  }

  @Test func memoryThatIsNoWholeMebibyteIsGivenInBytes() {
    var emulation = Self.card
    emulation.memory = .init(UInt64(1_048_577))
    #expect(QEMUCommand(emulation: emulation, image: "x").arguments.contains("1048577B"))
  }

  @Test(arguments: [
    ("plain-1.0", "plain-1.0"), ("", "''"), ("two words", "'two words'"),
    ("it's", #"'it'\''s'"#), ("$HOME", "'$HOME'"), ("a;b", "'a;b'"), ("~x", "'~x'"),
  ])
  func shellLineQuotes(word: String, quoted: String) {
    #expect(QEMUCommand(executable: "q", arguments: [word]).shellLine == "q \(quoted)")
  }
}

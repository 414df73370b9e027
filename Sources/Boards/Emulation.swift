public import Measures

/// How QEMU stands in for a board.
public struct Emulation: Sendable, Hashable {
  /// Where QEMU finds the image.
  public enum Disk: String, Sendable, Hashable, CaseIterable {
    /// The card slot, read by the machine's own boot ROM.
    case sd
    /// A virtio block device.
    case virtio
  }

  /// QEMU's `-M`, with its options: `virt,virtualization=on,gic-version=2`.
  public var machine: String
  /// QEMU's `-cpu`, where the machine has no fixed one.
  public var processor: String?
  /// QEMU's `-smp`, where the machine has no fixed number.
  public var cores: Int?
  /// QEMU's `-m`.
  public var memory: ByteCount
  public var disk: Disk
  /// The bootloader is given with `-bios` instead of lying on the card.
  public var bootloaderIsFirmware: Bool
  /// The machine takes only images whose size is a power of two.
  public var powerOfTwo: Bool
  /// Further QEMU arguments, each a word.
  public var options: [String]

  public init(
    machine: String, processor: String? = nil, cores: Int? = nil, memory: ByteCount, disk: Disk,
    bootloaderIsFirmware: Bool = false, powerOfTwo: Bool = false, options: [String] = []
  ) {
    self.machine = machine
    self.processor = processor
    self.cores = cores
    self.memory = memory
    self.disk = disk
    self.bootloaderIsFirmware = bootloaderIsFirmware
    self.powerOfTwo = powerOfTwo
    self.options = options
  }
}

public import Boards
import Measures
public import SystemPackage

/// The QEMU call that boots an image: a pure value, so that it can be printed and tested.
public struct QEMUCommand: Sendable, Hashable {
  /// The name or path of the 32-bit ARM emulator.
  public static let emulator = "qemu-system-arm"

  /// A name that is looked up in `PATH`, or a path where it holds a slash.
  public var executable: String
  public var arguments: [String]

  public init(executable: String = QEMUCommand.emulator, arguments: [String]) {
    self.executable = executable
    self.arguments = arguments
  }

  /// The call that boots `image` with the serial line on standard input and output. `bootloader`
  /// is used only where the emulation takes it as firmware; else it lies on the card.
  public init(
    emulation: Emulation, image: FilePath, bootloader: FilePath? = nil,
    executable: String = QEMUCommand.emulator
  ) {
    var arguments = Self.machine(emulation)
    arguments += ["-serial", "stdio", "-monitor", "none"]
    arguments += Self.drive(emulation.disk, image)
    if emulation.bootloaderIsFirmware, let bootloader { arguments += ["-bios", bootloader.string] }
    // A machine that resets is a machine that failed: it must not start over unnoticed.
    arguments.append("-no-reboot")
    self.init(executable: executable, arguments: arguments + emulation.options)
  }

  /// The arguments that shape the machine and so its device tree. `properties` are added to the
  /// machine's own.
  static func machine(_ emulation: Emulation, with properties: [String] = []) -> [String] {
    var arguments = ["-M", ([emulation.machine] + properties).joined(separator: ",")]
    if let processor = emulation.processor { arguments += ["-cpu", processor] }
    if let cores = emulation.cores { arguments += ["-smp", "\(cores)"] }
    return arguments + ["-m", size(emulation.memory), "-display", "none"]
  }

  private static func drive(_ disk: Emulation.Disk, _ image: FilePath) -> [String] {
    let file = "format=raw,file=" + value(fileName(image))
    return switch disk {
    case .sd: ["-drive", "if=sd,\(file)"]
    case .virtio: ["-drive", "if=none,id=card,\(file)", "-device", "virtio-blk-device,drive=card"]
    }
  }

  /// QEMU reads a number without a unit as MiB.
  private static func size(_ memory: ByteCount) -> String {
    let mebibyte = ByteCount.mebibytes(1).rawValue
    return memory.rawValue % mebibyte == 0
      ? "\(memory.rawValue / mebibyte)M" : "\(memory.rawValue)B"
  }

  /// A value in a comma-separated option: QEMU takes a doubled comma for a comma.
  static func value(_ text: String) -> String {
    text.split(separator: ",", omittingEmptySubsequences: false).joined(separator: ",,")
  }

  /// QEMU takes what stands before a colon for a protocol, unless a slash comes first.
  private static func fileName(_ path: FilePath) -> String {
    path.isRelative && path.string.contains(":") ? "./\(path)" : path.string
  }
}

import BootImages
import BuiltProgram
import Foundation
import Testing

/// Debian's U-Boot 2023.01 in QEMU's machine `virt`, with files put into its memory and a script run
/// at its prompt.
enum RealUBoot {
  /// A file and the address it is put to.
  struct File {
    let bytes: [UInt8]
    let address: UInt32

    init(_ text: String, at address: UInt32) {
      bytes = Array(text.utf8)
      self.address = address
    }
  }

  private static let scriptAddress: UInt32 = 0x4200_0000
  private static let end = "ctboot-test: the end"

  /// What the serial line says from the script's start to its end.
  static func output(of script: String, files: [File] = []) async throws -> String {
    let project = try TestProject("")
    let image = try LegacyImage.script(
      text: Array((script + "\necho \(end)\n").utf8), name: "test", time: 0)
    let firmware = try await DebianFile.firmware.url().path
    var command =
      "qemu-system-arm -M virt,virtualization=on,gic-version=2 -cpu cortex-a15 -m 512"
      + " -display none -serial stdio -monitor none -nic none -no-reboot -bios \(firmware)"
    let all = [(image, scriptAddress)] + files.map { ($0.bytes, $0.address) }
    for (index, (bytes, address)) in all.enumerated() {
      try project.write(Data(bytes), as: "file\(index)")
      command +=
        " -device loader,file=file\(index),addr=0x\(String(address, radix: 16)),force-raw=on"
    }
    let log = try await SerialWatch(command: command, folder: project.folder, limit: 300).log(
      until: ["\n\(end)"], asking: .init(after: "Hit any key", keys: " "),
      .init(after: "=> ", keys: "source \(String(scriptAddress, radix: 16))\n"))
    let start = try #require(log.range(of: "## Executing script at"), "\(log.suffix(2000))")
    let stop = try #require(log.range(of: "\n\(end)"), "\(log.suffix(2000))")
    return String(log[start.upperBound..<stop.lowerBound])
  }
}

import BootImages
import Hush
import Measures

/// `sysboot`: boots what an extlinux.conf says (`cmd/sysboot.c`, `boot/pxe_utils.c`). Menus wait for
/// nobody here: the default is taken, and the first label where there is none.
enum SysBoot: UBootCommand {
  static let names = ["sysboot"]
  static let mostWords: Int? = 7
  static let usage = "[-p] <interface> <dev[:part]> <ext2|fat|any> [addr] [filename]"

  static func run(
    _ call: CommandCall, on machine: inout Machine
  ) throws(MachineStop) -> CommandResult {
    var words = Array(call.words.dropFirst())
    if words.first?.words == "-p" { words.removeFirst() }
    guard words.count >= 3 else { return .usage }
    let path = words.count > 4 ? words[4] : machine.environment["bootfile"] ?? []
    guard !path.isEmpty else { return .usage }
    guard let address = (words.count > 3 ? words[3] : machine.environment["pxefile_addr_r"]) else {
      return .failure
    }
    let kinds = FileSystemKinds.of(command: words[2].words == "ext2" ? "ext2" : words[2].words)
    guard let files = try machine.fileSystem(words[0], words[1], kinds: kinds),
      let text = files.read(path, count: nil, at: 0)
    else {
      machine.puts("Error reading config file\n")
      return .failure
    }
    try machine.load(text, of: path.words, at: address.hexadecimal)
    let file = ExtlinuxFile(text)
    guard file.isAccepted, let label = file.first else {
      machine.puts("Error parsing config file\n")
      return .failure
    }
    guard file.includes.isEmpty else {
      throw .notModelled(command: "sysboot", reason: "included files are not read")
    }
    return try boot(label, from: files, folder: Self.folder(of: path), on: &machine)
  }

  private static func folder(of path: UBootText) -> UBootText {
    path.lastIndex(of: UInt8(ascii: "/")).map { Array(path[...$0]) } ?? []
  }

  /// Loads what a label names, and boots it.
  private static func boot(
    _ label: ExtlinuxFile.Label, from files: any ReadableFileSystem, folder: UBootText,
    on machine: inout Machine
  ) throws(MachineStop) -> CommandResult {
    guard let kernel = label.kernel else {
      machine.puts("No kernel given, skipping \(label.name.text.words)\n")
      return .failure
    }
    func load(
      _ path: UBootText, to name: String, on machine: inout Machine
    ) throws(MachineStop) -> (address: UInt64, size: Int)? {
      let whole = path.first == UInt8(ascii: "/") ? path : folder + path
      guard let address = machine.environment[name]?.hexadecimal,
        let bytes = files.read(whole, count: nil, at: 0)
      else {
        machine.puts("Skipping \(label.name.text.words) for failure retrieving \(path.words)\n")
        return nil
      }
      try machine.load(bytes, of: whole.words, at: address)
      machine.puts("Retrieving file: \(whole.words)\n")
      return (address, bytes.count)
    }
    guard let image = try load(kernel.text, to: "kernel_addr_r", on: &machine) else {
      return .failure
    }
    var disk = UBootText("-")
    if let initrd = label.initrd {
      guard let loaded = try load(initrd.text, to: "ramdisk_addr_r", on: &machine) else {
        return .failure
      }
      disk = .hex(loaded.address) + [UInt8(ascii: ":")] + .hex(UInt64(loaded.size))
    }
    // Nothing is substituted unless the build asks for that, but U-Boot's own expansion of `${…}`.
    if let append = label.append { machine.set("bootargs", append.text) }
    var words = ["bootz"].map { UBootText($0) } + [.hex(image.address), disk]
    if label.fdtoverlays != nil {
      throw .notModelled(command: "sysboot", reason: "overlays of a label are not applied")
    }
    let tree =
      label.fdt?.text
      ?? label.fdtdir.map { $0.text + [UInt8(ascii: "/")] + (machine.environment["fdtfile"] ?? []) }
    if let tree {
      guard let loaded = try load(tree, to: "fdt_addr_r", on: &machine) else { return .failure }
      words.append(.hex(loaded.address))
    } else if let given = machine.environment["fdt_addr"] {
      words.append(given)
    }
    if try machine.legacyImage(at: image.address) != nil {
      words[0] = UBootText("bootm")
      return try BootM.run(CommandCall(words: words, name: "bootm"), on: &machine)
    }
    return try BootZ.run(CommandCall(words: words, name: "bootz"), on: &machine)
  }
}

import Partitions

/// The commands that choose and look for devices: `mmc dev 0`, `usb start`, `virtio scan`. The devices
/// of a rehearsal are there from the beginning.
enum Devices: UBootCommand {
  static let names = ["mmc", "usb", "scsi", "sata", "virtio", "ide", "nvme"]
  static let usage = "dev|rescan|scan|start|reset|list|info|part [args]"

  static func run(
    _ call: CommandCall, on machine: inout Machine
  ) throws(MachineStop) -> CommandResult {
    let devices = machine.media.devices[call.name] ?? [:]
    switch call.text(1) {
    case "rescan", "scan", "start", "reset", "init", "stop", "tree": return .success
    case "list", "info", "inf", "storage":
      for number in devices.keys.sorted() { machine.puts("\(call.name) \(number)\n") }
      return CommandResult(!devices.isEmpty)
    case "part": return CommandResult(!devices.isEmpty)
    case "dev", "device":
      guard let number = call.hexadecimal(2) else { return CommandResult(!devices.isEmpty) }
      guard devices[Int(number)] != nil else {
        machine.puts(
          call.name == "mmc"
            ? "no mmc device at slot \(number)\n" : "Device \(number): unknown device\n")
        return .failure
      }
      machine.puts("\(call.name)\(number) is current device\n")
      return .success
    case "": return .usage
    case let part:
      throw .notModelled(
        command: "\(call.name) \(part)", reason: "")
    }
  }
}

/// `qfw` (`cmd/qfw.c`): QEMU's firmware interface, which has no kernel where none was given to QEMU.
enum FirmwareInterface: UBootCommand {
  static let names = ["qfw"]
  static let usage = "<command>"

  static func run(
    _ call: CommandCall, on machine: inout Machine
  ) throws(MachineStop) -> CommandResult {
    guard call.text(1) == "load" else {
      throw .notModelled(
        command: "qfw \(call.text(1))", reason: "")
    }
    machine.puts("fatal: no kernel available\nCommand 'load' failed: Error 1\n")
    return .failure
  }
}

/// `pci enum`: what is found is there from the beginning (`cmd/pci.c`).
enum PCIBus: UBootCommand {
  static let names = ["pci"]
  static let usage = "[enum]"

  static func run(
    _ call: CommandCall, on machine: inout Machine
  ) throws(MachineStop) -> CommandResult {
    guard call.text(1) == "enum" else { throw .notModelled(command: "pci", reason: "") }
    return .success
  }
}

/// `part` (`cmd/part.c`): what partitions a device has.
enum Part: UBootCommand {
  static let names = ["part"]
  static let usage = "uuid|list|start|size|number|type <interface> <dev>[:part] [args]"

  static func run(
    _ call: CommandCall, on machine: inout Machine
  ) throws(MachineStop) -> CommandResult {
    let part = call.text(1)
    let call = call.dropping(1)
    switch part {
    case "list": return list(call, on: &machine)
    case "start", "size", "number": return measure(part, call, on: &machine)
    case "uuid", "type":
      guard call.count >= 3, let interface = call[1] else { return .usage }
      guard let place = machine.place(interface, call[2]) else { return .failure }
      if part == "type" {
        throw .notModelled(command: "part type", reason: "types of a GPT are not read")
      }
      let uuid = place.partitions[place.number]?.uuid ?? ""
      if let name = call[3] {
        machine.set(name, UBootText(uuid))
      } else {
        machine.puts(uuid + "\n")
      }
      return .success
    default: return .usage
    }
  }

  /// `part list INTERFACE DEVICE [-bootable] [VARIABLE]`
  private static func list(_ call: CommandCall, on machine: inout Machine) -> CommandResult {
    guard call.count >= 3, let interface = call[1], let name = call[2] else { return .usage }
    var words = call.words.dropFirst(3)
    var onlyBootable = false
    while let word = words.first, word.first == UInt8(ascii: "-") {
      guard word.words == "-bootable" else { return .usage }
      onlyBootable = true
      words = words.dropFirst()
    }
    guard words.count < 2, words.isEmpty ? !onlyBootable : true else { return .usage }
    guard let device = machine.device(interface, name).flatMap(machine.bytes(of:)) else {
      return .failure
    }
    let partitions = machine.partitions(of: device)
    guard let variable = words.first else {
      machine.puts("\nPartition Map for \(interface.words) device \(name.words)\n\n")
      for entry in partitions.entries {
        machine.puts(
          "  \(entry.number)\t\(entry.sectors.lowerBound)\t\(entry.sectors.count)\t\(entry.uuid)"
            + (entry.isBootable ? " Boot" : "") + "\n")
      }
      return CommandResult(partitions.table != .none)
    }
    let numbers = partitions.entries.filter { $0.isBootable || !onlyBootable }.map {
      String($0.number, radix: 16)
    }
    if numbers.isEmpty {
      machine.unset(variable)
    } else {
      machine.set(variable, UBootText(numbers.joined(separator: " ")))
    }
    return .success
  }

  /// `part start INTERFACE DEVICE PART [VARIABLE]`, in sectors; PART is a number or a name.
  private static func measure(
    _ what: String, _ call: CommandCall, on machine: inout Machine
  ) -> CommandResult {
    guard call.count >= 4, call.count <= 5, let interface = call[1], let name = call[2],
      let part = call[3]
    else { return .usage }
    guard let device = machine.device(interface, name).flatMap(machine.bytes(of:)) else {
      return .failure
    }
    let partitions = machine.partitions(of: device)
    let (number, rest) = part.hexadecimalAndRest
    let entry =
      rest.isEmpty && what != "number"
      ? partitions[Int(number)] : partitions.entries.first { UBootText($0.name) == part }
    guard let entry else { return .failure }
    let value: UInt64
    switch what {
    case "start": value = entry.sectors.lowerBound
    case "size": value = UInt64(entry.sectors.count)
    default: value = UInt64(entry.number)
    }
    if let variable = call[4] {
      machine.set(variable, UBootText((what == "number" ? "0x" : "") + String(value, radix: 16)))
    } else {
      machine.puts((what == "number" ? "0x" : "") + String(value, radix: 16) + "\n")
    }
    return .success
  }
}

import Bytes
import DeviceTree
import TreeEditing

extension FDT {
  /// Levels that `fdt print` goes down.
  private static let deepest = 32

  /// `fdt print [PATH [PROPERTY]]`, and `fdt list` for one level
  static func show(
    _ call: CommandCall, on machine: inout Machine
  ) throws(MachineStop) -> CommandResult {
    let path = call[2]?.words ?? "/"
    guard try machine.hasNode(path) else { return .failure }
    let tree = try machine.tree()
    let most = machine.environment["fdt_max_dump"].map { Int($0.hexadecimal) } ?? .max
    if let property = call[3]?.words {
      guard let value = tree.value(of: property, in: path) else {
        machine.puts("libfdt fdt_getprop(): FDT_ERR_NOTFOUND\n")
        return .failure
      }
      machine.puts(
        value.isEmpty
          ? "\(path) \(property)\n"
          : "\(property) = \(try words(value, most: most))\n")
      return .success
    }
    guard let node = try machine.node(path, in: tree) else { return .failure }
    let levels = call.text(1).hasPrefix("l") ? 1 : deepest
    let isWhole = try tell(node, level: 0, of: levels, most: most, on: &machine)
    return CommandResult(isWhole)
  }

  private static func tell(
    _ node: Node, level: Int, of levels: Int, most: Int, on machine: inout Machine
  ) throws(MachineStop) -> Bool {
    let tabs = String(repeating: "\t", count: level)
    if level <= levels { machine.puts("\(tabs)\(node.name.isEmpty ? "/" : node.name) {\n") }
    guard level + 1 < deepest else {
      machine.puts("Nested too deep, aborting.\n")
      return false
    }
    if level + 1 <= levels {
      for property in node.properties {
        machine.puts(
          property.value.isEmpty
            ? "\(tabs)\t\(property.name);\n"
            : "\(tabs)\t\(property.name) = \(try words(property.value, most: most));\n")
      }
    }
    for child in node.children {
      guard try tell(child, level: level + 1, of: levels, most: most, on: &machine) else {
        return false
      }
    }
    if level <= levels { machine.puts("\(tabs)};\n") }
    return true
  }

  /// A value as `print_data` shows it.
  private static func words(_ value: [UInt8], most: Int) throws(MachineStop) -> String {
    if isText(value) {
      let texts = value.dropLast().split(separator: 0, omittingEmptySubsequences: false)
      return texts.map { "\"\(Array($0).words)\"" }.joined(separator: ", ")
    }
    if value.count > most {
      throw .notModelled(
        command: "fdt print", reason: "with fdt_max_dump it prints where the value lies")
    }
    guard value.count % 4 == 0 else {
      return "[" + value.map { UInt64($0).digits(2) }.joined(separator: " ") + "]"
    }
    let cells = stride(from: 0, to: value.count, by: 4).map {
      "0x" + UInt64(value.bigEndianUInt32(at: $0) ?? 0).digits(8)
    }
    return "<" + cells.joined(separator: " ") + ">"
  }

  /// Printable strings, each ended by one NUL (`is_printable_string`).
  static func isText(_ value: [UInt8]) -> Bool {
    guard value.last == 0 else { return false }
    return value.indices.allSatisfy { index in
      let byte = value[index]
      if byte == 0 { return index + 1 == value.count || value[index + 1] != 0 }
      return (0x20...0x7E).contains(byte) || (0x09...0x0D).contains(byte)
    }
  }

  /// `fdt get value|name|addr|size VARIABLE PATH [PROPERTY|INDEX [INDEX]]`
  static func get(
    _ call: CommandCall, on machine: inout Machine
  ) throws(MachineStop) -> CommandResult {
    guard call.count >= 5, let name = call[3] else { return .usage }
    let what = call.text(2)
    guard call.count >= 6 || what.hasPrefix("s") else { return .usage }
    let path = call.text(4)
    guard try machine.hasNode(path) else { return .failure }
    let tree = try machine.tree()
    if what.hasPrefix("n") || what.hasPrefix("s") && call.count == 5 {
      guard let node = try machine.node(path, in: tree) else { return .failure }
      if what.hasPrefix("s") {
        machine.set(name, UBootText(String(node.children.count)))
        return .success
      }
      let index = Int(call.hexadecimal(5) ?? 0)
      guard index < node.children.count else {
        machine.puts("libfdt node not found\n")
        return .failure
      }
      machine.set(name, UBootText(node.children[index].name))
      return .success
    }
    guard let value = tree.value(of: call.text(5), in: path) else {
      machine.puts("libfdt fdt_getprop(): FDT_ERR_NOTFOUND\n")
      return .failure
    }
    guard !value.isEmpty else {
      machine.unset(name)
      return .success
    }
    if what.hasPrefix("s") {
      machine.set(name, UBootText("0x" + UInt64(value.count).digits(8).uppercased()))
      return .success
    }
    guard what.hasPrefix("v") else {
      if what.hasPrefix("a") {
        throw .notModelled(command: "fdt get addr", reason: "it tells where the value lies")
      }
      return .usage
    }
    return setVariable(name, to: value, index: Int(call[6]?.decimal ?? 0), on: &machine)
  }

  /// `fdt_value_env_set`: texts, one cell as a number, and up to five cells in the order of the
  /// processor's bytes.
  private static func setVariable(
    _ name: UBootText, to value: [UInt8], index: Int, on machine: inout Machine
  ) -> CommandResult {
    if isText(value) {
      let texts = value.dropLast().split(separator: 0, omittingEmptySubsequences: false)
      guard index < texts.count else { return .failure }
      machine.set(name, Array(texts[index]))
    } else if value.count == 4 {
      machine.set(
        name,
        UBootText("0x" + UInt64(value.bigEndianUInt32(at: 0) ?? 0).digits(8).uppercased()))
    } else if value.count % 4 == 0, value.count <= 20 {
      let words = stride(from: 0, to: value.count, by: 4).map {
        UInt64(value.littleEndianUInt32(at: $0) ?? 0).digits(8)
      }
      machine.set(name, UBootText(words.joined()))
    } else {
      machine.puts("error: unprintable value\n")
      return .failure
    }
    return .success
  }
}

extension UInt64 {
  /// Hexadecimal, with as many zeroes before it as `width` asks for.
  func digits(_ width: Int) -> String {
    let digits = String(self, radix: 16)
    return String(repeating: "0", count: Swift.max(0, width - digits.count)) + digits
  }
}

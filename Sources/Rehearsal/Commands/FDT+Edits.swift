import Bytes
import TreeEditing

extension FDT {
  /// `fdt mknode PATH NAME`
  static func makeNode(
    _ call: CommandCall, on machine: inout Machine
  ) throws(MachineStop) -> CommandResult {
    guard call.count >= 4 else { return .usage }
    let parent = call.text(2)
    let name = call.text(3)
    guard try machine.hasNode(parent) else { return .failure }
    return try machine.edit("fdt_add_subnode", "the node \(name) in \(parent)") {
      (tree, _) throws(TreeEditError) in
      try tree.addNode(name, to: parent)
    }
  }

  /// `fdt rm PATH [PROPERTY]`
  static func remove(
    _ call: CommandCall, on machine: inout Machine
  ) throws(MachineStop) -> CommandResult {
    guard call.count >= 3 else {
      throw .waits("`fdt rm` without a path reads whatever lies at address 0")
    }
    let path = call.text(2)
    guard try machine.hasNode(path) else { return .failure }
    if let property = call[3]?.words {
      let result = try machine.edit("fdt_delprop", blank: " ", "\(property) of \(path) is gone") {
        (tree, _) throws(TreeEditError) in
        try tree.removeProperty(property, of: path)
      }
      return result == .failure ? .usage : result
    }
    let result = try machine.edit("fdt_del_node", blank: " ", "the node \(path) is gone") {
      (tree, _) throws(TreeEditError) in
      try tree.removeNode(path)
    }
    return result == .failure ? .usage : result
  }

  /// `fdt set PATH PROPERTY [VALUE …]`
  static func set(
    _ call: CommandCall, on machine: inout Machine
  ) throws(MachineStop) -> CommandResult {
    guard call.count >= 4 else { return .usage }
    let path = call.text(2)
    let property = call.text(3)
    guard try machine.hasNode(path) else { return .failure }
    var value: [UInt8] = []
    if call.count > 4 {
      let old = try machine.tree().value(of: property, in: path) ?? []
      switch FDTValue.parse(Array(call.words.dropFirst(4)), old: old) {
      case .success(let parsed): value = parsed
      case .failure(let fault):
        machine.puts(fault.words)
        return .failure
      }
    }
    return try machine.edit("fdt_setprop", "\(property) of \(path)") {
      (tree, _) throws(TreeEditError) in
      try tree.set(property, of: path, to: value)
    }
  }

  /// `fdt memory ADDRESS SIZE`
  static func memory(
    _ call: CommandCall, on machine: inout Machine
  ) throws(MachineStop) -> CommandResult {
    guard let address = call.hexadecimal(2), let size = call.hexadecimal(3) else {
      throw .waits("`fdt memory` without its numbers reads whatever lies at address 0")
    }
    return try machine.edit("fdt_setprop", "/memory") { (tree, _) throws(TreeEditError) in
      try tree.setMemory([(address, size)])
    }
  }

  /// `fdt chosen [START END]`
  static func chosen(
    _ call: CommandCall, on machine: inout Machine
  ) throws(MachineStop) -> CommandResult {
    guard call.count == 2 || call.count == 4 else { return .usage }
    let arguments = machine.environment["bootargs"]
    let version = machine.profile.version
    let initrd = call.hexadecimal(2).flatMap { start in
      call.hexadecimal(3).map { (start, start &+ $0 &- 1) }
    }
    _ = try machine.edit("fdt_setprop", "/chosen") { (tree, _) throws(TreeEditError) in
      try tree.setChosen(arguments: arguments, version: version)
      if let initrd { try tree.setInitrd(start: initrd.0, end: initrd.1) }
    }
    return .success
  }
}

/// A value as `fdt set` reads it: `<1 0x2>`, `[0a ff]`, or one string for each word
/// (`fdt_parse_prop`).
enum FDTValue {
  struct Fault: Error {
    let words: String
  }

  static func parse(_ words: [UBootText], old: [UInt8]) -> Result<[UInt8], Fault> {
    switch words.first?.first {
    case UInt8(ascii: "<"): cells(words, old: old)
    case UInt8(ascii: "["): bytes(words)
    default: .success(words.flatMap { $0 + [0] })
    }
  }

  /// The words are read as one text in which blanks may stand or not. A question mark keeps the cell
  /// that was there.
  private static func cells(_ words: [UBootText], old: [UInt8]) -> Result<[UInt8], Fault> {
    var value: [UInt8] = []
    var index = 0
    var rest = words[0].dropFirst()
    while rest.first != UInt8(ascii: ">") {
      guard let first = rest.first else {
        index += 1
        guard index < words.count else { return .failure(unexpected(rest)) }
        rest = words[index][...]
        continue
      }
      if first == UInt8(ascii: "?") {
        let offset = value.count
        value += offset + 4 <= old.count ? old[offset..<(offset + 4)] : [0, 0, 0, 0]
        rest = rest.dropFirst()
      } else {
        let (number, behind) = Array(rest).numberByPrefixAndRest
        guard behind.count < rest.count else {
          return .failure(
            Fault(words: "Sorry, I could not convert \"\(Array(rest).words)\"\n"))
        }
        value.append(bigEndian: UInt32(truncatingIfNeeded: number))
        rest = ArraySlice(Array(behind))
      }
      while rest.first == 0x20 { rest = rest.dropFirst() }
    }
    return .success(value)
  }

  private static func bytes(_ words: [UBootText]) -> Result<[UInt8], Fault> {
    var value: [UInt8] = []
    var index = 0
    var rest = words[0].dropFirst()
    while rest.first != UInt8(ascii: "]") {
      while rest.first == 0x20 { rest = rest.dropFirst() }
      guard rest.first != nil else {
        index += 1
        guard index < words.count else { return .failure(unexpected(rest)) }
        rest = words[index][...]
        continue
      }
      let (number, behind) = Array(rest).hexadecimalAndRest
      guard behind.count < rest.count else { return .failure(unexpected(rest)) }
      value.append(UInt8(truncatingIfNeeded: number))
      rest = ArraySlice(Array(behind))
    }
    return .success(value)
  }

  private static func unexpected(_ rest: ArraySlice<UInt8>) -> Fault {
    Fault(words: "Unexpected character '\(Array(rest.prefix(1)).words)'\n")
  }
}

import BootImages
import Bytes
import DeviceTree
import TreeEditing

/// `fdt` (`cmd/fdt.c`): U-Boot's own reading of the words, and libfdt for the edits. Subcommands may be
/// cut short to as few letters as U-Boot looks at.
enum FDT: UBootCommand {
  static let names = ["fdt"]
  static let mostWords: Int? = 255
  static let usage = "addr|resize|set|get|mknode|rm|print|list|header|memory|rsvmem|chosen|apply"

  static func run(
    _ call: CommandCall, on machine: inout Machine
  ) throws(MachineStop) -> CommandResult {
    guard call.count >= 2 else { return .usage }
    let part = call.text(1)
    if part.hasPrefix("ad") { return try address(call, on: &machine) }
    guard machine.workingTree != nil else {
      machine.puts(
        """
        No FDT memory address configured. Please configure
        the FDT address via "fdt addr <address>" command.
        Aborting!

        """)
      return .failure
    }
    if part.hasPrefix("mo") { return try move(call, on: &machine) }
    if part.hasPrefix("mk") { return try makeNode(call, on: &machine) }
    if part.hasPrefix("se") { return try set(call, on: &machine) }
    if part.hasPrefix("g") { return try get(call, on: &machine) }
    if part.hasPrefix("p") || part.hasPrefix("l") { return try show(call, on: &machine) }
    if part.hasPrefix("rm") { return try remove(call, on: &machine) }
    if part.hasPrefix("h") { return try header(call, on: &machine) }
    if part.hasPrefix("me") { return try memory(call, on: &machine) }
    if part.hasPrefix("cho") { return try chosen(call, on: &machine) }
    if part.hasPrefix("ap") { return try apply(call, on: &machine) }
    if part.hasPrefix("re") { return try resize(call, on: &machine) }
    if ["boo", "rs", "boa", "sys", "che"].contains(where: { part.hasPrefix($0) }) {
      throw .notModelled(
        command: "fdt \(part)", reason: "")
    }
    return .usage
  }

  /// `fdt addr [-c] [-q] [ADDRESS [SIZE]]`
  private static func address(
    _ call: CommandCall, on machine: inout Machine
  ) throws(MachineStop) -> CommandResult {
    let words = call.words.dropFirst(2)
    let flags = words.prefix { $0.first == UInt8(ascii: "-") }.flatMap { $0.dropFirst() }
    guard flags.allSatisfy({ "cq".utf8.contains($0) }) else { return .usage }
    guard !flags.contains(UInt8(ascii: "c")) else {
      throw .notModelled(command: "fdt addr -c", reason: "U-Boot's own tree is not known")
    }
    let rest = Array(words.drop { $0.first == UInt8(ascii: "-") })
    let isQuiet = flags.contains(UInt8(ascii: "q"))
    guard let word = rest.first else {
      guard let tree = machine.workingTree, try machine.isTree(at: tree, isQuiet: false) else {
        return .failure
      }
      machine.puts("Working fdt: \(tree.address)\n")
      return .success
    }
    let address = word.hexadecimal
    guard try machine.isTree(at: address, isQuiet: isQuiet) else { return .failure }
    machine.workingTree = address
    machine.puts("Working FDT set to \(String(address, radix: 16))\n")
    machine.set("fdtaddr", hexadecimal: address)
    machine.note(.tree("the working tree is at 0x\(String(address, radix: 16))"))
    guard rest.count >= 2 else { return .success }
    let length = Int(rest[1].hexadecimal)
    let tree = try machine.tree()
    if length < tree.totalSize {
      if !isQuiet {
        machine.puts(
          "New length \(length) < existing length \(tree.totalSize), ignoring\n")
      }
      return .success
    }
    switch try machine.tree(ofSize: length) {
    case .success(let grown):
      try machine.put(grown, "the tree has 0x\(String(length, radix: 16)) bytes")
    case .failure(let error): machine.puts("libfdt fdt_open_into(): \(error.code)\n")
    }
    return .success
  }

  /// `fdt move FROM TO [SIZE]`
  private static func move(
    _ call: CommandCall, on machine: inout Machine
  ) throws(MachineStop) -> CommandResult {
    guard let from = call.hexadecimal(2), let to = call.hexadecimal(3) else { return .usage }
    machine.workingTree = from
    guard try machine.isTree(at: from, isQuiet: false) else { return .failure }
    let tree = try machine.tree()
    let length = call.hexadecimal(4).map { Int($0) } ?? tree.totalSize
    guard length >= tree.totalSize else {
      machine.puts("New length < existing length, aborting.\n")
      return .failure
    }
    switch try machine.tree(ofSize: length) {
    case .success(let moved):
      machine.workingTree = to
      try machine.put(moved, "the tree was copied to 0x\(String(to, radix: 16))")
    case .failure(let error):
      machine.puts("libfdt fdt_open_into(): \(error.code)\n")
      return .failure
    }
    machine.puts("Working FDT set to \(String(to, radix: 16))\n")
    machine.set("fdtaddr", hexadecimal: to)
    return .success
  }

  /// `fdt resize [EXTRA]`
  private static func resize(
    _ call: CommandCall, on machine: inout Machine
  ) throws(MachineStop) -> CommandResult {
    let extra = Int(call.hexadecimal(2) ?? 0)
    return try machine.edit("fdt_shrink_to_minimum", "room of 0x\(String(extra, radix: 16))") {
      (tree, address) throws(TreeEditError) in
      try tree.resize(by: extra, loadedAt: address)
    }
  }

  /// A name in front of the third stop of eight columns.
  private static func column(_ name: String) -> String {
    let width = name.utf8.count + 1
    return name + ":" + String(repeating: "\t", count: max(1, (24 - width + 7) / 8))
  }

  /// `fdt apply ADDRESS`. A failed one ruins both trees.
  private static func apply(
    _ call: CommandCall, on machine: inout Machine
  ) throws(MachineStop) -> CommandResult {
    guard machine.profile.appliesOverlays else { return .usage }
    guard call.count == 3, let address = call.hexadecimal(2) else { return .usage }
    guard try machine.isTree(at: address, isQuiet: false) else { return .failure }
    let overlay = try machine.treeBytes(at: address)
    let result = try machine.edit("fdt_overlay_apply", "an overlay was applied") {
      (tree, _) throws(TreeEditError) in
      try tree.apply(overlay: overlay)
    }
    if result == .failure, let tree = machine.workingTree {
      try machine.write([0xFF, 0xFF, 0xFF, 0xFF], at: tree)
    }
    return result
  }

  /// `fdt header [get VARIABLE MEMBER]`
  private static func header(
    _ call: CommandCall, on machine: inout Machine
  ) throws(MachineStop) -> CommandResult {
    let bytes = try machine.bytes(40, at: machine.workingTree ?? 0)
    let members = [
      "magic", "totalsize", "off_dt_struct", "off_dt_strings", "off_mem_rsvmap", "version",
      "last_comp_version", "boot_cpuid_phys", "size_dt_strings", "size_dt_struct",
    ]
    func value(_ index: Int) -> UInt32 { bytes.bigEndianUInt32(at: index * 4) ?? 0 }
    if call.count == 5 {
      guard call.text(2).hasPrefix("g"), let name = call[3],
        let index = members.firstIndex(of: call.text(4))
      else { return .failure }
      machine.set(name, .hex(UInt64(value(index))))
      return .success
    }
    for (index, name) in members.enumerated() {
      let number = value(index)
      let digits = "0x" + String(number, radix: 16)
      let text =
        switch name {
        case "totalsize": "\(digits) (\(number))"
        case "version", "last_comp_version": String(number)
        default: digits
        }
      machine.puts(column(name) + text + "\n")
    }
    let reservations = try machine.treeBytes(at: machine.workingTree ?? 0)
    let count = (try? DeviceTree(parsing: reservations.span.bytes))?.reservations.count ?? 0
    machine.puts(column("number mem_rsv") + "0x\(String(count, radix: 16))\n\n")
    return .success
  }
}

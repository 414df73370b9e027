import DeviceTree
import Hush

extension ScriptContext {
  /// A command of the `fdt` family, and the tree that it works on.
  struct TreeStep: Sendable {
    let command: Int
    /// `set`, `mknod` and so on, cut short as it may be.
    let verb: String
    /// What follows the verb.
    let arguments: ArraySlice<ScriptWord>
    /// Whether an address was given before.
    let isAddressed: Bool
    let address: UInt64?
    /// The tree as it was loaded.
    let tree: FlatTree?
    /// Something was loaded over the tree since.
    let isOverwritten: Bool
    /// The bytes that `fdt resize` made room for since the tree was addressed; nil for none.
    let room: UInt64?

    var edits: Bool {
      ["set", "mknod", "rm", "apply", "chosen", "resize", "boardsetup"].contains(verb)
    }
  }

  /// All commands of the family in order.
  var treeSteps: [TreeStep] {
    var steps: [TreeStep] = []
    var latest: [UInt64: ScriptLoad] = [:]
    var loads = self.loads[...]
    var (isAddressed, isOverwritten) = (false, false)
    var address: UInt64?
    var room: UInt64?
    for (number, command) in commands.enumerated() {
      if let load = loads.first, load.command == number {
        loads.removeFirst()
        if let place = load.address {
          latest[place] = load
          if isAddressed, place == address { isOverwritten = true }
        }
      }
      guard command.name == "fdt", let word = command.words.dropFirst().first?.text else {
        continue
      }
      let verb = Self.verb(word)
      var arguments = command.words.dropFirst(2)
      steps.append(
        TreeStep(
          command: number, verb: verb, arguments: arguments, isAddressed: isAddressed,
          address: address,
          tree: address.flatMap { latest[$0]?.file?.tree }, isOverwritten: isOverwritten, room: room
        ))
      switch verb {
      case "addr":
        arguments = arguments.drop { $0.literal?.hasPrefix("-") == true }
        guard let place = arguments.first else { break }
        (isAddressed, isOverwritten, room) = (true, false, nil)
        address = place.value.hexadecimal
        // A length makes room too; how much depends on the tree.
        if arguments.count > 1 { room = 1 << 20 }
      case "move":
        (isAddressed, address, room) = (
          true, arguments.dropFirst().first?.value.hexadecimal, 1 << 20
        )
      case "resize":
        room =
          (room ?? 0).addingReportingOverflow(
            arguments.first?.value.hexadecimal ?? (arguments.isEmpty ? 4096 : 1 << 20)
          ).partialValue
      default: break
      }
    }
    return steps
  }

  /// `fdt` goes by first letters.
  private static func verb(_ word: String) -> String {
    switch word.first {
    case "a": word.hasPrefix("ap") ? "apply" : "addr"
    case "m": word.hasPrefix("mk") ? "mknod" : word.hasPrefix("mo") ? "move" : "memory"
    case "s": word.hasPrefix("sy") ? "systemsetup" : "set"
    case "r": word.hasPrefix("res") ? "resize" : word.hasPrefix("rm") ? "rm" : "rsvmem"
    case "c": word.hasPrefix("ch") ? "chosen" : "checksign"
    default: word
    }
  }
}

extension FlatTree {
  /// Whether there is a node of that absolute path; a name without unit address stands for the first
  /// one with it, as in libfdt.
  func hasNode(_ path: String) -> Bool { node(at: path) != nil }

  func node(at path: String) -> NodeID? {
    var node = NodeID.root
    for part in path.split(separator: "/") {
      guard let next = children(node).first(where: { name($0) == part || baseName($0) == part })
      else { return nil }
      node = next
    }
    return node
  }
}

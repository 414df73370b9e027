/// `test`, the words of its expression gone through as `cmd/test.c` does: from left to right, `-a` and
/// `-o` with equal rank, no parentheses, `!` for what follows it next.
enum TestCommand: UBootCommand {
  static let names = ["test"]
  static let usage = "[args..]"

  /// An operator: how many words stand before it, what it is called, and how many words it takes in
  /// all. The first that fits is taken, so that `test -n =` compares nothing.
  private struct Operator {
    let before: Int
    let name: String
    let words: Int
  }

  private static let operators =
    ["=", "!=", "<", ">", "-eq", "-ne", "-lt", "-le", "-gt", "-ge"].map {
      Operator(before: 1, name: $0, words: 3)
    } + [
      Operator(before: 0, name: "!", words: 1), Operator(before: 0, name: "-o", words: 1),
      Operator(before: 0, name: "-a", words: 1), Operator(before: 0, name: "-z", words: 2),
      Operator(before: 0, name: "-n", words: 2), Operator(before: 0, name: "-e", words: 4),
    ]

  private enum Joint { case and, or }

  static func run(
    _ call: CommandCall, on machine: inout Machine
  ) throws(MachineStop) -> CommandResult {
    guard call.count >= 3 else { return .failure }
    var rest = call.words[1...]
    var value = false
    var earlier = false
    var joint: Joint?
    var isNegated = false
    while !rest.isEmpty {
      let words = Array(rest.prefix(4))
      let found = operators.first {
        words.count > $0.before && words[$0.before] == UBootText($0.name)
      }
      // What makes no sense is true.
      guard let found, words.count >= found.words else {
        value = true
        break
      }
      rest = rest.dropFirst(found.words)
      switch found.name {
      case "!":
        isNegated.toggle()
        continue
      case "-o", "-a":
        earlier = value
        joint = found.name == "-o" ? .or : .and
        continue
      case "-z": value = words[1].isEmpty
      case "-n": value = !words[1].isEmpty
      case "-e": value = try machine.hasFile(words[1], words[2], words[3])
      default: value = compare(words[0], found.name, words[2])
      }
      if isNegated { value.toggle() }
      isNegated = false
      switch joint {
      case .or?: value = earlier || value
      case .and?: value = earlier && value
      case nil: break
      }
      joint = nil
    }
    return CommandResult(value)
  }

  private static func compare(_ left: UBootText, _ name: String, _ right: UBootText) -> Bool {
    switch name {
    case "=": left == right
    case "!=": left != right
    case "<": left.lexicographicallyPrecedes(right)
    case ">": right.lexicographicallyPrecedes(left)
    case "-eq": left.decimalByPrefix == right.decimalByPrefix
    case "-ne": left.decimalByPrefix != right.decimalByPrefix
    case "-lt": left.decimalByPrefix < right.decimalByPrefix
    case "-le": left.decimalByPrefix <= right.decimalByPrefix
    case "-gt": left.decimalByPrefix > right.decimalByPrefix
    default: left.decimalByPrefix >= right.decimalByPrefix
    }
  }
}

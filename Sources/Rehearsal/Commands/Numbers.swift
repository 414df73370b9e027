/// `itest`: numbers are hexadecimal, `*` before one means what lies there in memory (`cmd/itest.c`).
enum ITest: UBootCommand {
  static let names = ["itest"]
  static let mostWords: Int? = 4
  static let usage = "[.b, .w, .l, .s] [*]value1 <op> [*]value2"

  static func run(
    _ call: CommandCall, on machine: inout Machine
  ) throws(MachineStop) -> CommandResult {
    guard call.count == 4, let left = call[1], let right = call[3] else { return .usage }
    let order: Int
    switch call.width() {
    case .invalid:
      machine.puts("Invalid data width specifier\n")
      return .failure
    case .string:
      let texts = (try machine.text(left), try machine.text(right))
      order =
        texts.0 == texts.1 ? 0 : texts.0.lexicographicallyPrecedes(texts.1) ? -1 : 1
    case .bytes(let width):
      let numbers = (try machine.number(left, width), try machine.number(right, width))
      order = numbers.0 == numbers.1 ? 0 : numbers.0 < numbers.1 ? -1 : 1
    }
    switch call.text(2) {
    case "-lt", "<": return CommandResult(order < 0)
    case "-gt", ">": return CommandResult(order > 0)
    case "-eq", "==": return CommandResult(order == 0)
    case "-ne", "!=", "<>": return CommandResult(order != 0)
    case "-ge", ">=": return CommandResult(order >= 0)
    case "-le", "<=": return CommandResult(order <= 0)
    default:
      machine.puts("Unknown operator '\(call.text(2))'\n")
      return .failure
    }
  }
}

/// `setexpr`: numbers are hexadecimal (`cmd/setexpr.c`). Regular expressions are not played.
enum SetExpr: UBootCommand {
  static let names = ["setexpr"]
  static let mostWords: Int? = 8
  static let usage = "[.b, .w, .l, .s] name [*]value1 <op> [*]value2"

  static func run(
    _ call: CommandCall, on machine: inout Machine
  ) throws(MachineStop) -> CommandResult {
    guard let name = call[1], let left = call[2] else { return .usage }
    let width = call.width()
    // Without a star there is no text of this width.
    if width == .string, left.first != UInt8(ascii: "*") { return .failure }
    guard call.count != 4, call.count <= 6 else { return .usage }
    if call.count == 3 {
      machine.set(
        name,
        width == .string ? try machine.text(left) : .hex(try machine.operand(left, width)))
      return .success
    }
    if call.text(2) == "sub" || call.text(2) == "gsub" {
      throw .notModelled(command: "setexpr", reason: "regular expressions are not played")
    }
    guard call.count == 5, let right = call[4], let sign = call[3]?.first, call[3]?.count == 1
    else { return .usage }
    if width == .string {
      guard right.first == UInt8(ascii: "*") else { return .failure }
      guard sign == UInt8(ascii: "+") else {
        machine.puts("invalid op\n")
        return .failure
      }
      machine.set(name, try machine.text(left) + machine.text(right))
      return .success
    }
    let (a, b) = (try machine.operand(left, width), try machine.operand(right, width))
    let value: UInt64
    switch sign {
    case UInt8(ascii: "|"): value = a | b
    case UInt8(ascii: "&"): value = a & b
    case UInt8(ascii: "+"): value = a &+ b
    case UInt8(ascii: "^"): value = a ^ b
    case UInt8(ascii: "-"): value = a &- b
    case UInt8(ascii: "*"): value = a &* b
    case UInt8(ascii: "/"), UInt8(ascii: "%"):
      // The run-time library's answer to a division by zero is nothing to build on.
      guard b != 0 else { throw .waits("setexpr divides by zero") }
      value = sign == UInt8(ascii: "/") ? a / b : a % b
    default:
      machine.puts("invalid op\n")
      return .failure
    }
    machine.set(name, .hex(value & 0xFFFF_FFFF))
    return .success
  }
}

extension Machine {
  /// A number, or with a star before it what lies at that address; masked to the width in bytes, and
  /// negative where the target's `long` is.
  fileprivate func number(_ word: UBootText, _ width: Int) throws(MachineStop) -> Int {
    if word.first == UInt8(ascii: "*") {
      return Int(
        Int32(truncatingIfNeeded: try littleEndian(width, at: word.dropFirst().bytes.hexadecimal)))
    }
    let value = word.hexadecimal
    return width >= 4
      ? Int(Int32(truncatingIfNeeded: value)) : Int(value & ((1 << (UInt64(width) * 8)) - 1))
  }

  /// As `number`, not masked and without a sign.
  fileprivate func operand(
    _ word: UBootText, _ width: CommandCall.Width
  ) throws(MachineStop) -> UInt64 {
    guard word.first == UInt8(ascii: "*") else { return word.hexadecimal }
    let address = word.dropFirst().bytes.hexadecimal
    guard case .bytes(let width) = width else { return try littleEndian(4, at: address) }
    return try littleEndian(width, at: address)
  }

  private func littleEndian(_ width: Int, at address: UInt64) throws(MachineStop) -> UInt64 {
    try bytes(width, at: address).reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// A text, or with a star before it the one that lies at that address, up to its NUL.
  fileprivate func text(_ word: UBootText) throws(MachineStop) -> UBootText {
    guard word.first == UInt8(ascii: "*") else { return word }
    var address = word.dropFirst().bytes.hexadecimal
    var text: UBootText = []
    while text.count < 1 << 16 {
      let byte = try bytes(1, at: address)
      if byte == [0] { break }
      text += byte
      address += 1
    }
    return text
  }
}

extension ArraySlice<UInt8> {
  var bytes: UBootText { Array(self) }
}

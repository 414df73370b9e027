import Hush

extension Machine {
  /// The word with what it asks for put in (`insert_var_value`). Line ends become blanks where
  /// anything was put in.
  mutating func substituted(_ word: HushWord) throws(MachineStop) -> UBootText {
    guard !word.variables.isEmpty else { return word.bytes }
    var result: UBootText = []
    var rest = word.bytes[...]
    while let open = rest.firstIndex(of: HushWord.mark) {
      result += rest[..<open]
      let inside = rest[(open + 1)...]
      guard let close = inside.firstIndex(of: HushWord.mark) else {
        rest = inside
        break
      }
      result += lookUp(Array(inside[..<close])) ?? []
      try Self.checkLength(result.count)
      rest = inside[(close + 1)...]
    }
    result += rest
    return result.map { $0 == 0x0A ? 0x20 : $0 }
  }

  /// Bytes of a command with everything put in. U-Boot's heap would hold a few more; a variable that is
  /// doubled in a loop passes any limit.
  static let longestCommand = 1 << 20

  static func checkLength(_ count: Int) throws(MachineStop) {
    guard count <= longestCommand else { throw .tooLong(longestCommand) }
  }

  /// `lookup_param`: the environment comes before the shell's own variables; an empty value counts
  /// as none for a default.
  private mutating func lookUp(_ text: UBootText) -> UBootText? {
    if text == Array("$?".utf8) { return UBootText(String(returnCode)) }
    let colon = text.firstIndex(of: UInt8(ascii: ":"))
    let name = Array(text[..<(colon ?? text.endIndex)])
    let value = environment[name] ?? shellVariables[name]
    let operation = colon.flatMap { $0 + 1 < text.count ? text[$0 + 1] : nil }
    guard let colon, let operation, "-=+".utf8.contains(operation) else {
      return value?.isEmpty == false ? value : nil
    }
    let other = Array(text[min(colon + 2, text.count)...])
    if let value, !value.isEmpty { return operation == UInt8(ascii: "+") ? [] : value }
    switch operation {
    case UInt8(ascii: "="):
      if name.first?.isASCIILetter == true, !other.isEmpty { shellVariables[name] = other }
      return other
    default: return other
    }
  }

  /// The command as a line to be parsed again (`make_string`): words that stood in quotes stand in
  /// single ones now, whatever they hold.
  mutating func commandLine(_ words: ArraySlice<HushWord>) throws(MachineStop) -> UBootText {
    var line: UBootText = []
    for (number, word) in words.enumerated() {
      if number > 0 { line.append(0x20) }
      if word.isQuoted { line.append(UInt8(ascii: "'")) }
      line += try substituted(word)
      try Self.checkLength(line.count)
      if word.isQuoted { line.append(UInt8(ascii: "'")) }
    }
    return line + [0x0A]
  }
}

extension HushWord {
  /// `NAME=VALUE`, for a loop.
  init(assigning value: UBootText, to name: HushWord) {
    self.init(
      bytes: name.bytes + [UInt8(ascii: "=")] + value, isQuoted: false, variables: [],
      range: name.range)
  }
}

extension UInt8 {
  var isASCIILetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }
}

import Hush

/// A text that is being run.
struct Frame: Sendable {
  let origin: ScriptPlace.Origin
  let index: LineIndex
  /// Where the command stands that is running.
  var range: Range<Int>
}

extension Machine {
  /// How deep scripts and variables may run each other.
  static let deepest = 64

  /// Runs a script as `source` does (`run_command_list`).
  ///
  /// - Returns: 0 or 1, as for the last list.
  @discardableResult
  public mutating func run(
    script: UBootText, from origin: ScriptPlace.Origin
  ) throws(MachineStop) -> Int {
    try run(script, for: .script, from: origin)
  }

  /// Runs a variable's value as `run` does (`run_command`).
  mutating func run(variable name: UBootText, _ value: UBootText) throws(MachineStop) -> Int {
    try run(value, for: .variable, from: .variable(name.words))
  }

  private mutating func run(
    _ text: UBootText, for purpose: HushParser.Purpose, from origin: ScriptPlace.Origin
  ) throws(MachineStop) -> Int {
    guard frames.count < Self.deepest else { throw .tooDeep }
    frames.append(Frame(origin: origin, index: LineIndex(text), range: 0..<0))
    let code = try run(parsed: text, for: purpose)
    frames.removeLast()
    return code
  }

  /// `parse_string_outer` and `parse_stream_outer`: reads a list, runs it, and so on.
  private mutating func run(
    parsed text: UBootText, for purpose: HushParser.Purpose
  ) throws(MachineStop) -> Int {
    if text.isEmpty { return 0 }
    var parser = HushParser(text, for: purpose)
    var code = 1
    while let step = parser.next() {
      let list: HushList
      switch step {
      case .fault(let fault):
        complain(at: fault.range)
        continue
      case .list(let read): list = read
      }
      for _ in list.complaints { complain(at: list.range) }
      code = try run(list.pipelines)
      // `exit`: the script ends with the code that it gave.
      if code == -2 { return returnCode }
      if purpose != .script { break }
    }
    return code == 0 ? 0 : 1
  }

  /// - Parameter range: of the text that is run; nil for the command that is running.
  mutating func complain(at range: Range<Int>? = nil) {
    puts("syntax error\n")
    guard let frame = frames.last, syntaxErrors.count < Self.mostSyntaxErrors else { return }
    syntaxErrors.append(place(in: frame, of: range ?? frame.range))
  }

  private func place(in frame: Frame, of range: Range<Int>) -> ScriptPlace {
    ScriptPlace(
      origin: frame.origin, range: range, line: frame.index.line(of: range.lowerBound))
  }

  /// `run_pipe_real`
  mutating func run(_ command: HushCommand, asReparsed: Bool) throws(MachineStop) -> Int {
    switch command {
    case .group(let pipelines, _): try run(pipelines)
    case .simple(let words): try run(words, asReparsed: asReparsed)
    }
  }

  private mutating func run(_ words: [HushWord], asReparsed: Bool) throws(MachineStop) -> Int {
    if !asReparsed, let first = words.first, let last = words.last, !frames.isEmpty {
      frames[frames.count - 1].range = first.range.lowerBound..<last.range.upperBound
    }
    let assignments = words.prefix { $0.assignedName != nil }
    var substitutions = words.reduce(0) { $0 + $1.variables.count }
    for word in assignments {
      assign(try substituted(word))
      // One for the word, however many it has.
      if !word.variables.isEmpty { substitutions -= 1 }
    }
    let rest = words[assignments.count...]
    if rest.isEmpty { return 0 }
    if substitutions > 0 {
      let line = try commandLine(rest)
      var parser = HushParser(line, for: .reparse)
      switch parser.next() {
      case .list(let list)?: _ = try run(list.pipelines, asReparsed: true)
      case .fault?: complain()
      case nil: break
      }
      return returnCode
    }
    return try call(rest.map(\.bytes))
  }

  /// Sets a shell variable from `NAME=VALUE` (`set_local_var`). An empty value changes nothing.
  private mutating func assign(_ text: UBootText) {
    guard let equals = text.firstIndex(of: UInt8(ascii: "=")), equals + 1 < text.count else {
      return
    }
    shellVariables[Array(text[..<equals])] = Array(text[(equals + 1)...])
  }

  /// `cmd_process`
  private mutating func call(_ words: [UBootText]) throws(MachineStop) -> Int {
    guard let name = words.first else { return 0 }
    commandCount += 1
    guard commandCount <= mostCommands else { throw .tooManyCommands(mostCommands) }
    if commandCount % 64 == 0, Task.isCancelled { throw .cancelled }
    // Long words are read and put together many times over.
    try charge(words.reduce(0) { $0 + $1.count } * 64)
    let before = output.count
    let outer = effects
    effects = []
    let code: Int
    if name.contains(UInt8(ascii: ";")) {
      puts("Unknown command '\(name.words)' - try 'help' or use 'run' command\n")
      code = -1
    } else {
      switch command(named: name) {
      case nil:
        puts("Unknown command '\(name.words)' - try 'help'\n")
        code = 1
      case .notModelled(let name)?:
        throw .notModelled(command: name, reason: "")
      case .played(let name, let command)?:
        code = try run(command, CommandCall(words: words, name: name))
      }
    }
    if keepsTrace, let frame = frames.last {
      trace.append(
        TraceEntry(
          place: place(in: frame, of: frame.range), depth: frames.count, words: words,
          returnCode: code == 0 ? 0 : 1, effects: effects,
          output: Array(output[before...])))
    }
    effects = outer
    return code
  }

  private mutating func run(
    _ command: any UBootCommand.Type, _ call: CommandCall
  ) throws(MachineStop) -> Int {
    let result: CommandResult =
      call.count > (command.mostWords ?? profile.mostWords)
      ? .usage : try command.run(call, on: &self)
    switch result {
    case .success: return 0
    case .failure: return 1
    case .code(let code): return code
    case .usage:
      puts("\(call.name) - \(command.usage)\n\nUsage:\n\(call.name) \(command.usage)\n")
      return 1
    }
  }
}

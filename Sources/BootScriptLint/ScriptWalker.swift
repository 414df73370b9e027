import Hush

/// Goes through a script as the shell would, without running it: which commands there are, in which
/// parts of control structures they stand, and what variables hold where that can be known.
///
/// The time is linear in the text: what a script makes of its variables is followed only so far.
struct ScriptWalker {
  private(set) var commands: [ScriptCommand] = []
  private(set) var branches = [
    ScriptBranch(parent: nil, group: -1, part: 0, depth: 0, isLoop: false)
  ]
  private(set) var faults: [ScriptFault] = []
  /// Where double quotes open that nothing closes.
  private(set) var openQuotes: [Int] = []
  /// Control structures, from their first word to their last.
  private(set) var groups: [Range<Int>] = []
  /// Names that are set anywhere, by what.
  private(set) var environmentNames: Set<String> = []
  private(set) var localNames: Set<String> = []

  private var variables: ScriptVariables
  private var groupCount = 0
  private var chainCount = 0
  /// The list of `&&` and `||` that is looked at, by number.
  private var chain = 0
  private var isOpen = false
  private var lastLoad: Int?
  /// Commands of variables that are looked at, and bytes of values that are put in.
  private var runBudget = 4096
  private var byteBudget = 4 << 20
  private var running: [String] = []
  private var isRunChecked = false
  /// Where the text stands in the file.
  private var source = Source(base: 0, whole: 0..<0)

  /// A text within the file: from `base` on, or somewhere within `whole`.
  struct Source {
    let base: Int?
    let whole: Range<Int>

    func place(_ range: Range<Int>) -> Range<Int> {
      base.map { (range.lowerBound + $0)..<(range.upperBound + $0) } ?? whole
    }
  }

  init(environment: [String: String]) { variables = ScriptVariables(environment) }

  /// A variable of the environment, from outside of the script.
  mutating func define(_ name: String, _ value: String) {
    environmentNames.insert(name)
    variables.set(name, to: ScriptText(value))
  }

  /// Goes through a text.
  mutating func walk(
    _ text: [UInt8], for purpose: HushParser.Purpose, at source: Source, in branch: Int = 0
  ) {
    let outer = self.source
    self.source = source
    defer { self.source = outer }
    for step in HushParser.steps(text, for: purpose) {
      switch step {
      case .list(let list):
        for complaint in list.complaints { note(complaint) }
        if let quote = list.openQuote {
          openQuotes.append(source.place(quote..<(quote + 1)).lowerBound)
        }
        walk(list.pipelines, in: branch)
      case .fault(let fault): note(fault)
      }
    }
  }

  /// Goes through a variable's value, as `run` does.
  mutating func run(_ name: String, _ text: String, at source: Source, in branch: Int = 0) {
    guard running.count < 4, !running.contains(name), runBudget > 0 else { return }
    running.append(name)
    walk(Array(text.utf8), for: .variable, at: source, in: branch)
    running.removeLast()
  }

  private mutating func note(_ fault: HushFault) {
    faults.append(
      ScriptFault(
        fault: fault, range: source.place(fault.range), isInVariable: !running.isEmpty))
  }

  private mutating func walk(_ pipelines: [HushPipeline], in branch: Int) {
    var before = HushOperator.sequence
    var chainMark: ScriptVariables.Mark?
    var own = chain
    for pipeline in pipelines {
      if before == .sequence {
        chainCount += 1
        own = chainCount
      } else if chainMark == nil {
        chainMark = variables.mark
      }
      if let command = pipeline.command {
        chain = own
        walk(command, pipeline, before, in: branch)
      }
      before = pipeline.followup
      // What only one outcome has set is not known behind the list.
      if before == .sequence, let mark = chainMark {
        variables.forget(since: mark)
        chainMark = nil
      }
    }
    if let chainMark { variables.forget(since: chainMark) }
  }

  private mutating func walk(
    _ command: HushCommand, _ pipeline: HushPipeline, _ before: HushOperator, in branch: Int
  ) {
    switch command {
    case .simple(let words):
      add(words, pipeline, before, in: branch)
    case .group(let pipelines, let range):
      if running.isEmpty { groups.append(source.place(range)) }
      walk(group: pipelines, in: branch)
    }
  }

  private mutating func walk(group pipelines: [HushPipeline], in branch: Int) {
    groupCount += 1
    let group = groupCount
    let depth = branches[branch].depth + 1
    let isLoop = pipelines.first.map { [.for, .while, .until].contains($0.mode) } ?? false
    var changed: Set<String> = []
    var part = -1
    var mode = HushMode.none
    var start = 0
    while start < pipelines.count {
      mode = pipelines[start].mode
      var end = start
      while end < pipelines.count, pipelines[end].mode == mode { end += 1 }
      part += 1
      branches.append(
        ScriptBranch(
          parent: branch, group: group, part: isLoop ? 0 : part, depth: depth, isLoop: isLoop))
      let mark = variables.mark
      walk(Array(pipelines[start..<end]), in: branches.count - 1)
      // Conditions are always asked; what they guard is undone for the next part.
      if mode == .then || mode == .else || mode == .do {
        changed.formUnion(variables.undo(to: mark))
      }
      start = end
    }
    for name in changed { variables.set(name, to: nil) }
  }

  private mutating func add(
    _ words: [HushWord], _ pipeline: HushPipeline, _ before: HushOperator, in branch: Int
  ) {
    if !running.isEmpty {
      guard runBudget > 0 else { return }
      runBudget -= 1
    }
    let isLoop = pipeline.mode == .for || pipeline.mode == .in
    let assigned = isLoop ? 0 : words.prefix { $0.assignedName != nil }.count
    let all = words.map { expanded($0) }
    guard let first = all.first, let last = all.last else { return }
    let command = ScriptCommand(
      words: Array(all[assigned...]), assignments: Array(all[..<assigned]),
      range: first.range.lowerBound..<max(first.range.lowerBound, last.range.upperBound),
      branch: branch,
      mode: pipeline.mode, followup: pipeline.followup, chain: chain, before: before,
      isInVariable: !running.isEmpty, isRunChecked: isRunChecked, isOpen: isOpen, lastLoad: lastLoad
    )
    commands.append(command)
    if pipeline.mode == .for, let name = all.first?.literal {
      localNames.insert(name)
      variables.set(name, to: nil)
    }
    guard !isLoop else { return }
    if command.words.isEmpty {
      for word in all {
        guard let name = word.word.assignedName else { continue }
        let text = String(decoding: name, as: UTF8.self)
        localNames.insert(text)
        variables.set(text, to: word.value.droppingPrefix(text + "="))
      }
    } else {
      take(command, number: commands.count - 1)
    }
  }

  private mutating func expanded(_ word: HushWord) -> ScriptWord {
    ScriptWord(word: word, value: value(of: word), range: source.place(word.range))
  }

  private mutating func value(of word: HushWord) -> ScriptText {
    guard !word.variables.isEmpty else {
      return ScriptText(String(decoding: word.bytes, as: UTF8.self))
    }
    var value = ScriptText()
    var rest = word.bytes[...]
    while let open = rest.firstIndex(of: HushWord.mark) {
      value.add(.text(String(decoding: rest[..<open], as: UTF8.self)))
      let inside = rest[(open + 1)...]
      guard let close = inside.firstIndex(of: HushWord.mark) else { break }
      value.add(lookUp(String(decoding: inside[..<close], as: UTF8.self)))
      rest = inside[(close + 1)...]
    }
    value.add(.text(String(decoding: rest, as: UTF8.self)))
    byteBudget -= value.length
    return value
  }

  private func lookUp(_ name: String) -> ScriptText {
    var unknown = ScriptText()
    unknown.add(.unknown(name))
    if name == "filesize", !variables.isSet(name) {
      var size = ScriptText()
      size.add(.fileSize(of: lastLoad))
      return size
    }
    return byteBudget > 0 ? variables[name] ?? unknown : unknown
  }

  /// What a command does to variables.
  private mutating func take(_ command: ScriptCommand, number: Int) {
    let effect = ScriptEffect(of: command)
    for name in effect.sets.map(\.name) { environmentNames.insert(name) }
    for (name, value) in effect.sets { variables.set(name, to: value) }
    if effect.isOpaque {
      isOpen = true
      variables.forgetAll()
    }
    if effect.loads {
      lastLoad = number
      variables.unset("filesize")
      environmentNames.formUnion(["filesize", "fileaddr"])
    }
    for word in effect.runs {
      guard let name = word.text, let text = variables[name]?.text else { continue }
      let outer = isRunChecked
      isRunChecked = command.isChecked
      defer { isRunChecked = outer }
      run(
        name, text, at: Source(base: nil, whole: source.place(word.word.range)), in: command.branch)
    }
  }
}

extension ScriptText {
  /// Without the name of an assignment.
  func droppingPrefix(_ prefix: String) -> ScriptText {
    guard case .text(let text)? = parts.first, text.hasPrefix(prefix) else { return self }
    var rest = ScriptText(String(text.dropFirst(prefix.count)))
    for part in parts.dropFirst() { rest.add(part) }
    return rest
  }

  /// Words as `setenv` joins them.
  init(joining words: some Sequence<ScriptWord>) {
    self.init()
    for (number, word) in words.enumerated() {
      if number > 0 { add(.text(" ")) }
      add(word.value)
    }
  }
}

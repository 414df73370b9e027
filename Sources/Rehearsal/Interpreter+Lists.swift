import Hush

extension Machine {
  /// Runs the pipelines of a list or of a control structure, in the shell's own order
  /// (`run_list_real`). Its variables have the names that they have there.
  ///
  /// - Returns: the last return code; -2 where `exit` was met.
  mutating func run(
    _ pipelines: [HushPipeline], asReparsed: Bool = false
  ) throws(MachineStop) -> Int {
    guard loopsAreWhole(pipelines) else {
      complain()
      return 1
    }
    var code = 0
    var ifCode = 0
    var nextIfCode = 0
    var skippedMode: HushMode?
    var skips = true
    var repeats = false
    var restores = false
    var loopStart: Int?
    /// What a `for` loop has still to go through; nil outside of one.
    var values: [UBootText]?
    var index = 0
    while index < pipelines.count {
      let pipeline = pipelines[index]
      let mode = pipeline.mode
      let current = index
      func next() -> Int { restores ? loopStart ?? pipelines.count : current + 1 }
      if mode == .while || mode == .until || mode == .for {
        restores = false
        if loopStart == nil {
          repeats = false
          loopStart = index
        }
      }
      if mode == skippedMode, skips {
        if pipeline.followup == .sequence { skips = false }
        index = next()
        continue
      }
      skips = true
      skippedMode = nil
      if mode == .then || mode == .else { ifCode = nextIfCode }
      if mode == .then && ifCode != 0 || mode == .else && ifCode == 0 {
        index = next()
        continue
      }
      if mode == .elif, ifCode == 0 { break }
      var command = pipeline.command
      if mode == .for, case .simple(let words)? = command, let name = words.first {
        if values == nil {
          guard case .simple(let list)? = pipelines[index + 1].command else {
            index = next()
            continue
          }
          values = try loopValues(list)
          repeats = true
        }
        if values?.isEmpty == true {
          values = nil
          repeats = false
          index = next()
          continue
        }
        let value = values?.removeFirst() ?? []
        // The loop's variable is set by an assignment.
        command = .simple([HushWord(assigning: value, to: name)])
      }
      if mode == .in || mode == .do && !repeats {
        index = next()
        continue
      }
      if mode == .done {
        if repeats { restores = true } else { loopStart = nil }
      }
      guard let command else {
        try countStep()
        index = next()
        continue
      }
      code = try run(command, asReparsed: asReparsed)
      if code < -1 {
        returnCode = -code - 2
        return -2
      }
      returnCode = code == 0 ? 0 : 1
      if mode == .if || mode == .elif { nextIfCode = code }
      if mode == .while { repeats = returnCode == 0 }
      if mode == .until { repeats = returnCode != 0 }
      if code == 0 && pipeline.followup == .or || code != 0 && pipeline.followup == .and {
        skippedMode = mode
      }
      index = next()
    }
    return code
  }

  /// A loop without commands takes steps too.
  private mutating func countStep() throws(MachineStop) {
    commandCount += 1
    guard commandCount <= mostCommands else { throw .tooManyCommands(mostCommands) }
  }

  /// Each `for` has its `in`, and that its `do`.
  private func loopsAreWhole(_ pipelines: [HushPipeline]) -> Bool {
    for (index, pipeline) in pipelines.enumerated() {
      let follower = index + 1 < pipelines.count ? pipelines[index + 1] : nil
      switch pipeline.mode {
      case .in: if follower?.mode == .in, follower?.command != nil { return false }
      case .for: if follower?.mode != .in { return false }
      default: continue
      }
      // The shell ends every list with an empty pipeline, which our parser leaves out.
    }
    return true
  }

  /// `make_list_in`: substituted, and split at blanks whether they stood in quotes or not.
  private mutating func loopValues(_ words: [HushWord]) throws(MachineStop) -> [UBootText] {
    var values: [UBootText] = []
    for word in words {
      values += try substituted(word).split(separator: UInt8(ascii: " ")).map { Array($0) }
    }
    return values
  }
}

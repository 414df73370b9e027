/// A list that is being put together, or one structure of it (`struct p_context`).
struct HushContext {
  private(set) var pipelines: [HushPipeline] = []
  private var words: [HushWord] = []
  private var group: (pipelines: [HushPipeline], range: Range<Int>)?
  var mode = HushMode.none
  /// The words that may come next in this structure.
  var followers: Set<HushMode> = []
  /// Where the structure's first word stands, and which it is.
  var opening: (mode: HushMode, range: Range<Int>)?

  var hasWords: Bool { !words.isEmpty }
  var hasGroup: Bool { group != nil }

  mutating func add(_ word: HushWord) { words.append(word) }

  mutating func set(group pipelines: [HushPipeline], range: Range<Int>) {
    group = (pipelines, range)
  }

  /// Ends the pipeline (`done_pipe`), with or without a command in it.
  mutating func endPipeline(_ followup: HushOperator) {
    let command: HushCommand? =
      if let group {
        .group(group.pipelines, range: group.range)
      } else {
        words.isEmpty ? nil : .simple(words)
      }
    pipelines.append(HushPipeline(mode: mode, command: command, followup: followup))
    words = []
    group = nil
  }
}

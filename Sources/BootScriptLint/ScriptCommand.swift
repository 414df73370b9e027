import Hush

/// A word of a command, with what is known of its value at that point.
struct ScriptWord: Sendable {
  let word: HushWord
  let value: ScriptText
  /// In the file.
  let range: Range<Int>

  var text: String? { value.text }
  var isQuoted: Bool { word.isQuoted }
  /// What stands in the script, where nothing is to be put in.
  var literal: String? { word.literal.map { String(decoding: $0, as: UTF8.self) } }
  /// The names of what is to be put in, without defaults.
  var variables: [String] { word.variables.map(\.name) }
}

extension HushWord.Variable {
  /// Without what follows a colon.
  var name: String { String(decoding: text.prefix { $0 != UInt8(ascii: ":") }, as: UTF8.self) }
}

/// A command of a script, or of a variable that the script runs, in the order of the text.
struct ScriptCommand: Sendable {
  let words: [ScriptWord]
  /// `NAME=VALUE`s before the first word, or instead of one.
  let assignments: [ScriptWord]
  /// In the file.
  let range: Range<Int>
  /// Where in the control structures it stands, by number.
  let branch: Int
  let mode: HushMode
  /// What stands between it and the next one.
  let followup: HushOperator
  /// The list of `&&` and `||` that it is part of, by number; others have other numbers.
  let chain: Int
  /// What stands before it in its list; a sequence for the first.
  let before: HushOperator
  /// It stands in the value of a variable.
  let isInVariable: Bool
  /// A failure of the variable that it stands in makes a difference.
  let isRunChecked: Bool
  /// Something that nobody can see into has run before, which may have set anything: a text was
  /// imported, another script was run.
  let isOpen: Bool
  /// The load that set `filesize` last.
  let lastLoad: Int?

  /// The command's name, where it is known.
  var name: String { words.first?.text ?? "" }
  var isLoop: Bool { mode == .for || mode == .in }

  /// Whether a failure of it makes a difference to what runs next.
  var isChecked: Bool {
    isRunChecked || followup != .sequence || [.if, .elif, .while, .until].contains(mode)
  }
}

/// A part of a control structure.
struct ScriptBranch: Sendable {
  /// The branch that the structure stands in; nil for the outermost.
  let parent: Int?
  /// The structure, by number.
  let group: Int
  /// Which part: conditions have even numbers, what they guard the next odd one.
  let part: Int
  let depth: Int
  let isLoop: Bool
}

/// Where a fault stands.
struct ScriptFault: Sendable {
  let fault: HushFault
  let range: Range<Int>
  let isInVariable: Bool
}

/// Which part of a control structure a pipeline belongs to (`r_mode` in `common/cli_hush.c`).
public enum HushMode: String, Sendable, Hashable, CaseIterable {
  /// No control structure, or the body of none.
  case none
  case `if`, then, elif, `else`, fi
  case `for`, `in`, `while`, until, `do`, done
  /// What follows a keyword that may not stand where it stands, where the shell goes on all the same
  /// (`RES_SNTX`).
  case broken

  /// The word as a script has it.
  public var keyword: String? { self == .none || self == .broken ? nil : rawValue }

  /// Whether the word opens a structure.
  var opens: Bool { [.if, .for, .while, .until].contains(self) }
  /// Whether it ends one.
  var closes: Bool { self == .fi || self == .done }

  /// The words that may stand next in the same structure.
  var followers: Set<HushMode> {
    switch self {
    case .if, .elif: [.then]
    case .then: [.elif, .else, .fi]
    case .else: [.fi]
    case .for: [.in]
    case .in, .while, .until: [.do]
    case .do: [.done]
    case .none, .fi, .done, .broken: []
    }
  }

  /// The mode that a word stands for, where a command may begin.
  init?(keyword: [UInt8]) {
    guard let mode = Self.byKeyword[keyword] else { return nil }
    self = mode
  }

  private static let byKeyword = Dictionary(
    uniqueKeysWithValues: allCases.compactMap { mode in
      mode.keyword.map { (Array($0.utf8), mode) }
    })
}

/// What stands between a pipeline and the next one.
public enum HushOperator: Sendable, Hashable {
  /// A semicolon, a line's end or the end of the text.
  case sequence
  /// `&&`
  case and
  /// `||`
  case or
}

extension ScriptRules {
  static let syntax: [any ScriptRule.Type] = [
    ApostropheInQuotes.self, CRLF.self, ForeignShell.self, HashStartsComment.self,
    LineContinuation.self,
    MixedAndOr.self, OddBytes.self, SingleOperator.self, UnbalancedQuote.self, UnclosedBlock.self,
  ]
}

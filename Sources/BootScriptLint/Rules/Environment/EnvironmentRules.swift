extension ScriptRules {
  static let environment: [any ScriptRule.Type] = [
    UEnvDeletes.self, UEnvDuplicate.self, UEnvNameSpace.self, UEnvQuotedValue.self,
    UEnvTrailingComment.self,
  ]
}

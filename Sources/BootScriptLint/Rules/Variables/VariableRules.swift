extension ScriptRules {
  static let variables: [any ScriptRule.Type] = [
    ExitDoesNotStop.self, HexAsDecimal.self, LeftOver.self, LocalNotEnvironment.self,
    RunUndefined.self,
    SaveEnvironment.self, SetenvEquals.self, SpacedAssignment.self, TooManyWords.self,
    UnknownCommand.self, UnquotedTest.self, UnquotedValue.self, UnsetVariable.self,
    UnsupportedExpansion.self, ValueTooLong.self,
  ]
}

extension ScriptRules {
  static let boot: [any ScriptRule.Type] = [
    BootArguments.self, FDTHigh.self, SecureBootMode.self, WrongBootCommand.self, XenArguments.self,
  ]
}

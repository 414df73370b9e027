extension Rules {
  /// Sorted by id.
  static let chosen: [any LintRule.Type] = [
    BootargsEnvClobber.self,
    ChosenExists.self,
    ChosenRootChild.self,
    CmdlineLength.self,
    Dom0ArgsDuplicate.self,
    Dom0ConsoleHVC0.self,
    Dom0MemPow2.self,
    Dom0MemSet.self,
    EFICfgLoad.self,
    LegacyNames44.self,
    LegacyNamesUEFI.self,
    XenCmdlinePresent.self,
    XenConsole.self,
    XenDTUARTResolves.self,
    XenUnusedProps.self,
  ]
}

extension ScriptRules {
  static let tree: [any ScriptRule.Type] = [
    OverlayWithoutSymbols.self, TreeBeforeAddress.self, TreeCells.self, TreeNoRoom.self,
    TreePath.self,
  ]
}

extension Rules {
  /// Sorted by id.
  static let tree: [any LintRule.Type] = [
    AliasTarget.self,
    CellsInherited.self,
    CompatibleForm.self,
    CPUNodes.self,
    PhandleArgs.self,
    PhandleValid.self,
    PSCIMethod.self,
    RangesLength.self,
    RangesRequired.self,
    RegLength.self,
    RegWidth.self,
    ReservedMemoryShape.self,
    RootCells.self,
    RootCompatible.self,
    StatusValue.self,
    StdoutPath.self,
    TranslatedCollision.self,
    UnitAddress.self,
  ]
}

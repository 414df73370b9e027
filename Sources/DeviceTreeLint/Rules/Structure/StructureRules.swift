extension Rules {
  /// Sorted by id.
  static let structure: [any LintRule.Type] = [
    FDTMagic.self
  ]
}

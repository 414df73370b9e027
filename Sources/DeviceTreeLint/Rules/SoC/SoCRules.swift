extension Rules {
  /// Sorted by id.
  static let soc: [any LintRule.Type] = []
}

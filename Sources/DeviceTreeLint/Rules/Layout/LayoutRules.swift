extension Rules {
  /// Sorted by id.
  static let layout: [any LintRule.Type] = []
}

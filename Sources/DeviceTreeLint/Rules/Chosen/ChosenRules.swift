extension Rules {
  /// Sorted by id.
  static let chosen: [any LintRule.Type] = []
}

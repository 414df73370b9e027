extension Rules {
  /// Sorted by id.
  static let tree: [any LintRule.Type] = []
}

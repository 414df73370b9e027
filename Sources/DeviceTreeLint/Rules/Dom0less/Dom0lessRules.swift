extension Rules {
  /// Sorted by id.
  static let dom0less: [any LintRule.Type] = []
}

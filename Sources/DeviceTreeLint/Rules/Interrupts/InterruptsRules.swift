extension Rules {
  /// Sorted by id.
  static let interrupts: [any LintRule.Type] = [
    GICRegFour.self
  ]
}

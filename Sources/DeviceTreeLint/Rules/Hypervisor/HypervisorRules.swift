extension Rules {
  /// Sorted by id.
  static let hypervisor: [any LintRule.Type] = []
}

extension Rules {
  /// Sorted by id.
  static let dtc: [any LintRule.Type] = [
    ModelIsString.self
  ]
}

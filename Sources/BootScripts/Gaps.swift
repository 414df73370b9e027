/// What fills the gaps of a template.
struct Gaps: Sendable {
  /// A part of the template that stands there once for each of its rows.
  struct Section: Sendable {
    var rows: [Gaps]
    /// The names that are known in it, also where there is no row to tell them.
    var names: Set<String>
    /// The sections that are known in it.
    var sections: [String: Section]

    /// - Parameter shape: a row for its names; its values are not used.
    init(_ rows: [Gaps], like shape: Gaps = Gaps()) {
      self.rows = rows
      let shape = rows.first ?? shape
      names = Set(shape.values.keys)
      sections = shape.sections
    }

    /// A part that is there or not.
    init(if isThere: Bool) { self.init(isThere ? [Gaps()] : []) }
  }

  var values: [String: String] = [:]
  var sections: [String: Section] = [:]

  /// As Mustache takes it.
  var context: [String: Any] {
    var context: [String: Any] = values
    for (name, section) in sections { context[name] = section.rows.map(\.context) }
    return context
  }
}

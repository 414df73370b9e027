import Rulings
import StrictYAML

extension YAMLValue {
  /// ```yaml
  /// lint:
  ///   allow:
  ///     - rules: [irq-flag-zero]      # ids, or patterns of ids
  ///       files: "**/sun7i-*.dtb"     # all of them, where it is left out
  ///       node: /soc/**               # the same
  ///       reason: the bootloader sets the level
  /// ```
  func acceptances() throws(YAMLError) -> [Acceptance.Entry] {
    try mapping { (keys) throws(YAMLError) in
      var entries: [Acceptance.Entry] = []
      for item in try keys.required("allow").list() { entries.append(try item.acceptance()) }
      return entries
    }
  }

  private func acceptance() throws(YAMLError) -> Acceptance.Entry {
    let span = span
    return try mapping { (keys) throws(YAMLError) in
      let list = try keys.required("rules")
      var rules: [PathPattern] = []
      for item in try list.list() { rules.append(PathPattern(try item.string())) }
      guard !rules.isEmpty else { throw list.wrong(wanted: "a list of rule ids") }
      let reason = try keys.required("reason")
      let text = try reason.string()
      guard text.contains(where: { !$0.isWhitespace }) else {
        throw reason.wrong(wanted: "a text that says why this is accepted")
      }
      return Acceptance.Entry(
        rules: rules, files: PathPattern(try keys.optional("files")?.string() ?? "**"),
        node: try keys.optional("node").map { (value) throws(YAMLError) in
          PathPattern(try value.string())
        },
        reason: text, span: span)
    }
  }
}

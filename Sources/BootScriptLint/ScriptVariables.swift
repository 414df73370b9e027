/// What variables hold as a script is gone through, where that can be known. What was set in a part of a
/// control structure can be undone behind it.
struct ScriptVariables {
  private enum Value {
    case known(ScriptText)
    case unknown
  }

  private var values: [String: Value] = [:]
  /// What changed since, for leaving a branch: the value before; nil for none.
  private var log: [(name: String, old: Value?)] = []
  /// How often all of that was forgotten.
  private var forgotten = 0

  /// A place in the script, to come back to.
  struct Mark {
    fileprivate let logged: Int
    fileprivate let forgotten: Int
  }

  init(_ environment: [String: String]) {
    for (name, value) in environment where !value.isEmpty {
      values[name] = .known(ScriptText(value))
    }
  }

  /// Nil for what nobody has set, and for what is not known.
  subscript(name: String) -> ScriptText? {
    if case .known(let text)? = values[name] { text } else { nil }
  }

  /// Whether it was set, to whatever.
  func isSet(_ name: String) -> Bool { values[name] != nil }

  /// - Parameter value: nil where it is not known.
  mutating func set(_ name: String, to value: ScriptText?) {
    log.append((name, values[name]))
    values[name] = value.map { .known($0) } ?? .unknown
  }

  /// As if nobody had set it.
  mutating func unset(_ name: String) {
    log.append((name, values[name]))
    values[name] = nil
  }

  var mark: Mark { Mark(logged: log.count, forgotten: forgotten) }

  /// Values that were set since are unknown from here on.
  mutating func forget(since mark: Mark) {
    for change in log[mark.logged...] { values[change.name] = .unknown }
  }

  /// Anything may have changed; there is no way back to what was known.
  mutating func forgetAll() {
    forgotten += 1
    values = [:]
  }

  /// The values of a part of a structure are undone behind it: the next part begins without them. The
  /// names are returned, which are unknown behind the structure.
  mutating func undo(to mark: Mark) -> [String] {
    var names: [String] = []
    for change in log[mark.logged...].reversed() {
      values[change.name] = change.old
      names.append(change.name)
    }
    log.removeLast(log.count - mark.logged)
    if mark.forgotten != forgotten { values = [:] }
    return names
  }
}

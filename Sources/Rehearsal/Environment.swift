/// U-Boot's environment.
public struct Environment: Sendable, Hashable {
  private var values: [UBootText: UBootText] = [:]

  public init() {}

  public init(_ values: [String: String]) {
    for (name, value) in values { self.values[UBootText(name)] = UBootText(value) }
  }

  public subscript(name: UBootText) -> UBootText? {
    get { values[name] }
    set { values[name] = newValue }
  }

  public subscript(name: String) -> UBootText? {
    get { values[UBootText(name)] }
    set { values[UBootText(name)] = newValue }
  }

  /// By name, as `printenv` has them.
  public var sorted: [(name: UBootText, value: UBootText)] {
    values.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { ($0.key, $0.value) }
  }

  public var names: Set<UBootText> { Set(values.keys) }

  /// `env_get_yesno`-like: begins with 1, y, Y, t or T.
  func isYes(_ name: String) -> Bool? {
    self[name].flatMap(\.first).map { "1yYtT".utf8.contains($0) }
  }
}

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

  /// As `printenv` and `env export` write it: sorted, an entry with its separator each, a NUL at the
  /// end. A separator within a value is protected by a backslash, and so is a backslash.
  ///
  /// Source: `hexport_r` in lib/hashtable.c.
  func exported(
    separator: UInt8, where isWanted: (UBootText) -> Bool = { _ in true }
  ) -> [UInt8] {
    var bytes: [UInt8] = []
    for (name, value) in sorted where isWanted(name) {
      bytes += name + [UInt8(ascii: "=")]
      for byte in value {
        if byte == separator || byte == UInt8(ascii: "\\") { bytes.append(UInt8(ascii: "\\")) }
        bytes.append(byte)
      }
      bytes.append(separator)
    }
    return bytes + [0]
  }

  public var names: Set<UBootText> { Set(values.keys) }

  /// `env_get_yesno`-like: begins with 1, y, Y, t or T.
  func isYes(_ name: String) -> Bool? {
    self[name].flatMap(\.first).map { "1yYtT".utf8.contains($0) }
  }
}

public import Diagnostics

/// The keys of a mapping while it is decoded.
///
/// It remembers which keys were asked for. `YAMLValue.mapping(_:)`, the only way to get one,
/// refuses every key that nobody asked for, so that check cannot be forgotten:
///
///     let dram = try value.mapping { (mapping) throws(YAMLError) in
///       DRAM(base: try mapping.required("base").address(),
///            size: try mapping.optional("size")?.size())
///     }
public struct YAMLMapping: ~Copyable {
  /// Where the mapping begins.
  public let span: SourceSpan
  private let entries: [YAMLValue.Entry]
  private var asked: [String] = []

  fileprivate init(entries: [YAMLValue.Entry], span: SourceSpan) {
    self.entries = entries
    self.span = span
  }

  /// The value of a key that must be there. Where it is missing and a key much like it stands
  /// there instead, the error is about that one.
  public mutating func required(_ key: String) throws(YAMLError) -> YAMLValue {
    if let value = optional(key) { return value }
    for entry in entries where !asked.contains(entry.key) {
      // Which other keys there are is not known yet: decoding has only begun.
      if Spelling.nearest(to: entry.key, among: [key]) != nil {
        throw .unknownKey(entry.key, nearest: key, known: [], at: entry.keySpan)
      }
    }
    throw .missingKey(key, at: span)
  }

  /// The value of a key that may be absent.
  public mutating func optional(_ key: String) -> YAMLValue? {
    if !asked.contains(key) { asked.append(key) }
    return entries.first { $0.key == key }?.value
  }

  fileprivate func refuseUnknownKeys() throws(YAMLError) {
    if let entry = entries.first(where: { !asked.contains($0.key) }) { throw unknown(entry) }
  }

  private func unknown(_ entry: YAMLValue.Entry) -> YAMLError {
    let free = asked.filter { key in !entries.contains { $0.key == key } }
    return .unknownKey(
      entry.key, nearest: Spelling.nearest(to: entry.key, among: free + asked), known: asked,
      at: entry.keySpan)
  }
}

extension YAMLValue {
  /// Decodes a mapping, and refuses the keys that `decode` did not ask for.
  public func mapping<Result>(
    _ decode: (inout YAMLMapping) throws(YAMLError) -> Result
  ) throws(YAMLError) -> Result {
    guard case .mapping(let entries) = content else { throw wrong(wanted: "a mapping") }
    var mapping = YAMLMapping(entries: entries, span: span)
    let result = try decode(&mapping)
    try mapping.refuseUnknownKeys()
    return result
  }

  /// The entries of a mapping whose keys are the user's own, in the file's order.
  public func entries() throws(YAMLError) -> [(key: String, span: SourceSpan, value: YAMLValue)] {
    guard case .mapping(let entries) = content else { throw wrong(wanted: "a mapping") }
    return entries.map { ($0.key, $0.keySpan, $0.value) }
  }
}

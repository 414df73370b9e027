import Diagnostics
import Measures
import StrictYAML

/// A part of a board or SoC file and the text that says where its values come from.
public struct SourceNote: Sendable, Hashable {
  /// The section's key in the file: `memory`, `gic`.
  public let section: String
  public let source: String
}

extension YAMLMapping {
  /// Decodes the section `key`, whose `source:` must name where its values come from.
  ///
  /// Every section of a board or SoC file is read through here or `sections`, so none goes without.
  mutating func section<Section>(
    _ key: String,
    _ decode: (inout YAMLMapping, _ source: String) throws(YAMLError) -> Section
  ) throws(YAMLError) -> Section {
    try required(key).section(decode)
  }

  /// As `section`, for one that may be absent.
  mutating func optionalSection<Section>(
    _ key: String,
    _ decode: (inout YAMLMapping, _ source: String) throws(YAMLError) -> Section
  ) throws(YAMLError) -> Section? {
    try optional(key)?.section(decode)
  }

  /// Decodes a list of sections, each with its `source:`; an absent list is empty.
  mutating func sections<Section>(
    _ key: String,
    _ decode: (inout YAMLMapping, _ source: String) throws(YAMLError) -> Section
  ) throws(YAMLError) -> [Section] {
    var sections: [Section] = []
    for item in try optional(key)?.list() ?? [] { sections.append(try item.section(decode)) }
    return sections
  }

  /// A range given by `base` and `size` in this mapping.
  mutating func range() throws(YAMLError) -> AddressRange {
    let start = try required("base").address()
    let sizeValue = try required("size")
    let size = try sizeValue.size()
    guard size > 0, let range = AddressRange(start: start, size: size) else {
      throw sizeValue.wrong(wanted: "a size above zero that ends within 64 bits of address")
    }
    return range
  }

  /// A range under a key of its own: `key: { base: 0x1c81000, size: 4KiB }`.
  mutating func range(_ key: String) throws(YAMLError) -> AddressRange {
    try required(key).mapping { (mapping) throws(YAMLError) in try mapping.range() }
  }
}

extension YAMLValue {
  fileprivate func section<Section>(
    _ decode: (inout YAMLMapping, _ source: String) throws(YAMLError) -> Section
  ) throws(YAMLError) -> Section {
    try mapping { (mapping) throws(YAMLError) in
      let source = try mapping.required("source")
      let text = try source.string()
      guard text.contains(where: { !$0.isWhitespace }) else {
        throw source.wrong(wanted: "a text that names where these values come from")
      }
      return try decode(&mapping, text)
    }
  }

  /// A name as files and commands have it: lower case letters, digits and `-`.
  func name() throws(YAMLError) -> String {
    let name = try string()
    let allowed = name.unicodeScalars.allSatisfy { scalar in
      switch scalar {
      case "a"..."z", "0"..."9", "-": true
      default: false
      }
    }
    guard allowed, !name.isEmpty, !name.hasPrefix("-") else {
      throw wrong(wanted: "a name of lower case letters, digits and `-`")
    }
    return name
  }

  /// A text that is one word: no blanks, not empty.
  func word() throws(YAMLError) -> String {
    let word = try string()
    guard !word.isEmpty, !word.contains(where: \.isWhitespace) else {
      throw wrong(wanted: "a single word")
    }
    return word
  }

  /// A list with something in it.
  func filledList() throws(YAMLError) -> [YAMLValue] {
    let items = try list()
    guard !items.isEmpty else { throw wrong(wanted: "a list with at least one entry") }
    return items
  }

  /// A path below a package's or archive's root: relative, without `..`.
  func relativePath() throws(YAMLError) -> String {
    let path = try word()
    guard Self.isRelative(path[...]) else { throw wrong(wanted: "a relative path without `..`") }
    return path
  }

  /// As `relativePath`, of a folder: something is put after its last slash.
  func folderPath() throws(YAMLError) -> String {
    let path = try word()
    guard path.hasSuffix("/"), Self.isRelative(path.dropLast()) else {
      throw wrong(wanted: "the relative path of a folder, with a slash at its end")
    }
    return path
  }

  private static func isRelative(_ path: Substring) -> Bool {
    path.split(separator: "/", omittingEmptySubsequences: false)
      .allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
  }
}

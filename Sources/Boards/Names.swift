import StrictYAML

extension YAMLValue {
  /// The name that a board or SoC file gives itself, which must be the file's own: `ctboot` finds
  /// files by name.
  func name(ofFile file: String) throws(YAMLError) -> String {
    let name = try name()
    var stem = file[...]
    if let slash = stem.lastIndex(of: "/") { stem = stem[stem.index(after: slash)...] }
    if stem.hasSuffix(".yaml") { stem = stem.dropLast(5) }
    guard name == stem else { throw wrong(wanted: "the file's own name, `\(stem)`") }
    return name
  }

  /// One entry of a tree's `compatible`, as `vendor,device`; ARM's own boards have a second comma.
  /// Without quotes, a comma inside brackets makes two entries of one; this notices.
  func compatible() throws(YAMLError) -> String {
    let text = try word()
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    guard parts.count >= 2, parts.allSatisfy({ !$0.isEmpty }) else {
      throw wrong(wanted: "a compatible string such as \"allwinner,sun7i-a20\", in quotes")
    }
    return text
  }
}

/// An index of packages that `apt-get update` could not fetch.
struct IndexFailure: Sendable, Hashable {
  /// Suite and component, as `bookworm-security/main`, or the suite alone.
  let name: String
  let failure: FetchFailure

  /// Reads what `apt-get update` prints: a line for each fetch, with its reasons indented below.
  ///
  ///     Err:6 ADDRESS bookworm-security/main armhf Packages
  ///       File has unexpected size (334084 != 349884). Mirror sync in progress?
  static func list(_ output: String) -> [IndexFailure] {
    var failures: [IndexFailure] = []
    var open: (name: String, reasons: String)?
    let lines: [Substring] = output.split(separator: "\n") + ["end"]
    for line in lines {
      if line.first == " " {
        open?.reasons += line + "\n"
        continue
      }
      if let open, let failure = FetchFailure(open.reasons) {
        let index = IndexFailure(name: open.name, failure: failure)
        if !failures.contains(index) { failures.append(index) }
      }
      let words = line.split(separator: " ")
      let isFailure = line.hasPrefix("Err:") && words.count >= 3
      open = isFailure ? (String(words[2]), "") : nil
    }
    return failures
  }
}

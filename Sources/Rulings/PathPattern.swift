/// A pattern for files and nodes: `*` and `?` stay within one part of a path, `**` goes over parts.
public struct PathPattern: Sendable, Hashable {
  public let text: String
  private let pattern: [UInt8]

  public init(_ text: String) {
    self.text = text
    pattern = Array(text.utf8)
  }

  /// Whether the whole path fits. Each star is tried again from further on only as the last one of
  /// its kind, so the time is the product of the two lengths at most.
  public func matches(_ path: String) -> Bool {
    let path = Array(path.utf8)
    let slash = UInt8(ascii: "/")
    // Row by row: which beginnings of the path fit the pattern so far.
    var fits = [Bool](repeating: false, count: path.count + 1)
    fits[0] = true
    var index = 0
    while index < pattern.count {
      var next = [Bool](repeating: false, count: path.count + 1)
      if pattern[index] == UInt8(ascii: "*") {
        let isDouble = index + 1 < pattern.count && pattern[index + 1] == UInt8(ascii: "*")
        if isDouble { index += 1 }
        // `**/` also stands for nothing at all.
        let hasSlash = isDouble && index + 1 < pattern.count && pattern[index + 1] == slash
        if hasSlash { index += 1 }
        var reaches = false
        for position in 0...path.count {
          if fits[position] {
            reaches = true
            next[position] = true
          } else if reaches, position > 0 {
            if !isDouble, path[position - 1] == slash { reaches = false }
            next[position] = reaches && (!hasSlash || path[position - 1] == slash)
          }
        }
      } else {
        for position in 0..<path.count where fits[position] {
          let isAny = pattern[index] == UInt8(ascii: "?") && path[position] != slash
          if isAny || pattern[index] == path[position] { next[position + 1] = true }
        }
      }
      fits = next
      index += 1
    }
    return fits[path.count]
  }
}

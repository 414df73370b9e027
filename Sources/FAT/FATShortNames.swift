/// Finds a short name for every name in one folder, each only once.
///
/// Names that are 8.3 names apart from their case keep it; the others are cut and told apart by a
/// number, `LONGNA~1.TXT`. Source: Microsoft FAT specification 1.03, "Short Directory Entries" and
/// "Generating 8.3 names from long names".
struct FATShortNames {
  private var taken: Set<[UInt8]> = []
  /// The number to try next for each cut name, so that a large folder does not count from one anew
  /// for each of its files.
  private var next: [[UInt8]: Int] = [:]

  /// Short names for `names`, in their order, each valid and none equal to another ignoring case.
  static func assigned(to names: [String]) -> [[UInt8]] {
    var finder = FATShortNames()
    let candidates = names.map(Candidate.init)
    // First those that are what they are: no number may take a name that a file already has.
    for candidate in candidates where candidate.isExact { finder.taken.insert(candidate.padded()) }
    return candidates.map { $0.isExact ? $0.padded() : finder.numbered($0) }
  }

  private mutating func numbered(_ candidate: Candidate) -> [UInt8] {
    let key = candidate.padded()
    var number = next[key] ?? 1
    var name = candidate.padded(number: number)
    while !taken.insert(name).inserted {
      number += 1
      name = candidate.padded(number: number)
    }
    next[key] = number + 1
    return name
  }

  /// A name in capitals, cut to what the short form can hold.
  private struct Candidate {
    var base: [UInt8] = []
    var suffix: [UInt8] = []
    /// Whether nothing but case was lost.
    var isExact = true

    init(_ name: String) {
      var scalars = Array(name.unicodeScalars)[...]
      let whole = scalars.count
      scalars.removeAll { $0 == " " }
      scalars = scalars.drop { $0 == "." }
      isExact = scalars.count == whole
      if let dot = scalars.lastIndex(of: ".") {
        for scalar in scalars[..<dot] { take(scalar, into: \.base, limit: 8) }
        for scalar in scalars[(dot + 1)...] { take(scalar, into: \.suffix, limit: 3) }
      } else {
        for scalar in scalars { take(scalar, into: \.base, limit: 8) }
      }
    }

    private mutating func take(
      _ scalar: Unicode.Scalar, into part: WritableKeyPath<Candidate, [UInt8]>, limit: Int
    ) {
      guard scalar != ".", self[keyPath: part].count < limit else {
        isExact = false
        return
      }
      switch scalar {
      case "a"..."z": self[keyPath: part].append(UInt8(truncatingIfNeeded: scalar.value - 0x20))
      case "A"..."Z", "0"..."9", "$", "%", "'", "-", "_", "@", "~", "`", "!", "(", ")", "{", "}",
        "^", "#", "&":
        self[keyPath: part].append(UInt8(truncatingIfNeeded: scalar.value))
      default:
        self[keyPath: part].append(UInt8(ascii: "_"))
        isExact = false
      }
    }

    func padded(number: Int? = nil) -> [UInt8] {
      let tail = number.map { Array("~\($0)".utf8) } ?? []
      let head = base.prefix(8 - min(8, tail.count)) + tail
      return head + repeatElement(0x20, count: 8 - min(8, head.count))
        + suffix + repeatElement(0x20, count: 3 - suffix.count)
    }
  }
}

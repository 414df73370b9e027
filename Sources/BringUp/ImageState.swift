import Diagnostics
import Files

/// What a build knows of the image that an earlier one left, so that it need not read the root's sources
/// to know that they are the same: kept beside the image, as a hidden file.
///
/// ```
///   ctboot image state 1
///   plan 9f86…                      what decides over the root's bytes
///   sources 4e07…                   stamps of what it was filled with
///   image 64769 131 8388608 …       stamp of the image itself
///   root 71303168 104857600 1204    offset and size in bytes, members
///   mapped 0-3 5-25599              the root's blocks of 4 KiB that matter, the last ones included
///   note warning sockets are left out, …
///   end 60f3…                       SHA-256 of all lines before
/// ```
/// It holds facts of this machine and is of no worth on another. A damaged one counts as none.
struct ImageState: Sendable, Hashable {
  struct Note: Sendable, Hashable {
    let severity: Severity
    let message: String
  }

  /// Where the root lies, and what it became.
  struct Root: Sendable, Hashable {
    let offset: UInt64
    let size: UInt64
    let members: Int
    /// Ranges that matter on a card, in bytes from its start, of whole blocks.
    let mapped: [Range<UInt64>]
    /// What was told when it was written, and is to be told again.
    let notes: [Note]
  }

  /// In lower-case hexadecimal digits.
  let plan: String
  /// In lower-case hexadecimal digits.
  let sources: String
  /// See `FileStamp.numbers`.
  let image: [UInt64]
  let root: Root

  private static let title = "ctboot image state 1"

  init(plan: String, sources: String, image: [UInt64], root: Root) {
    self.plan = plan
    self.sources = sources
    self.image = image
    self.root = root
  }

  var text: String {
    var lines = [
      Self.title, "plan \(plan)", "sources \(sources)",
      "image " + image.map(String.init).joined(separator: " "),
      "root \(root.offset) \(root.size) \(root.members)",
      "mapped " + root.mapped.map(Self.blocks).joined(separator: " "),
    ]
    lines += root.notes.map { "note \($0.severity.rawValue) \(Self.inOneLine($0.message))" }
    let body = lines.joined(separator: "\n") + "\n"
    return body + "end \(Digest.sha256(Array(body.utf8)))\n"
  }

  /// Nil for anything but what `text` makes.
  init?(text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    // Behind the last line break stands nothing.
    guard lines.count >= 8, lines.first == Self.title, lines.last == "" else { return nil }
    guard let plan = Self.words(lines[1], "plan", 1)?.first,
      let sources = Self.words(lines[2], "sources", 1)?.first,
      let image = Self.numbers(lines[3], "image", 7),
      let place = Self.numbers(lines[4], "root", 3), let members = Int(exactly: place[2]),
      let mapped = Self.ranges(lines[5])
    else { return nil }
    var notes: [Note] = []
    for line in lines[6..<(lines.count - 2)] {
      let words = line.split(separator: " ", maxSplits: 2).map(String.init)
      guard words.count == 3, words[0] == "note", let severity = Severity(rawValue: words[1]) else {
        return nil
      }
      notes.append(Note(severity: severity, message: Self.inSeveralLines(words[2])))
    }
    self.init(
      plan: plan, sources: sources, image: image,
      root: Root(
        offset: place[0], size: place[1], members: members, mapped: mapped, notes: notes))
    // Its checksum is in the text as well, and whatever else could differ.
    guard self.text.utf8.elementsEqual(text.utf8) else { return nil }
  }

  private static func words(_ line: String, _ key: String, _ count: Int) -> [String]? {
    let words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    return words.first == key && words.count == count + 1 ? Array(words.dropFirst()) : nil
  }

  private static func numbers(_ line: String, _ key: String, _ count: Int) -> [UInt64]? {
    guard let words = words(line, key, count) else { return nil }
    let numbers = words.compactMap { UInt64($0) }
    return numbers.count == count ? numbers : nil
  }

  private static let block: UInt64 = 4096

  private static func blocks(_ range: Range<UInt64>) -> String {
    "\(range.lowerBound / block)-\((range.upperBound - 1) / block)"
  }

  private static func ranges(_ line: String) -> [Range<UInt64>]? {
    let words = line.split(separator: " ", omittingEmptySubsequences: false)
    guard words.first == "mapped" else { return nil }
    var ranges: [Range<UInt64>] = []
    for word in words.dropFirst() {
      let ends = word.split(separator: "-").compactMap { UInt64($0) }
      // Far below what a product of blocks could not hold.
      guard ends.count == 2, ends[0] <= ends[1], ends[1] < 1 << 40 else { return nil }
      ranges.append(ends[0] * block..<(ends[1] + 1) * block)
    }
    return ranges
  }

  private static func inOneLine(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { line, scalar in
      switch scalar {
      case "\\": line += "\\\\"
      case "\n": line += "\\n"
      default: line.unicodeScalars.append(scalar)
      }
    }
  }

  private static func inSeveralLines(_ line: String) -> String {
    var isEscaped = false
    return line.unicodeScalars.reduce(into: "") { text, scalar in
      if isEscaped {
        text.unicodeScalars.append(scalar == "n" ? "\n" : scalar)
        isEscaped = false
      } else if scalar == "\\" {
        isEscaped = true
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
  }
}

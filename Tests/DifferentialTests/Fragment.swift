import Foundation
import Testing

/// A piece of script that the real U-Boot and the modelled one both run from the same state.
///
/// Fragments stand in text files, one file for each family:
///
///     ## What is before the first title is a comment.
///     === a title, which no other fragment of the family has
///     % memory 50000000 10       directives; see `Directive`
///     setenv a 1
///
/// Blank lines at a fragment's end are left out. `«0D»` is the byte 0x0D, and so on.
struct Fragment: Sendable, CustomTestStringConvertible {
  /// The file's name without its ending.
  let family: String
  let title: String
  var script: [UInt8]
  /// Memory that is compared when the script is done.
  var memory: [Range<UInt64>] = []
  /// Why the model does otherwise, and is to: a key of `KnownDifference`.
  var difference: String?

  var name: String { "\(family): \(title)" }
  var testDescription: String { name }

  struct Fault: Error, CustomStringConvertible {
    let description: String
  }
}

extension Fragment {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Fragments", directoryHint: .isDirectory)

  /// All that were written by hand, by file and in the files' order.
  static func written() throws -> [Fragment] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
      .filter { $0.hasSuffix(".txt") }
      .flatMap { file in
        let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
        return try read(text, family: String(file.dropLast(4)))
      }
  }

  static func read(_ text: String, family: String) throws -> [Fragment] {
    var fragments: [Fragment] = []
    for part in ("\n" + text).components(separatedBy: "\n=== ").dropFirst() {
      var lines = part.components(separatedBy: "\n")
      var fragment = Fragment(family: family, title: lines.removeFirst(), script: [])
      var endsLine = true
      while let line = lines.first, line.hasPrefix("% ") {
        try fragment.take(directive: line.dropFirst(2).split(separator: " "), &endsLine)
        lines.removeFirst()
      }
      while lines.last?.isEmpty == true { lines.removeLast() }
      fragment.script = bytes(of: lines.joined(separator: "\n")) + (endsLine ? [0x0A] : [])
      fragments.append(fragment)
    }
    return fragments
  }

  /// - `memory ADDRESS COUNT`: hexadecimal, compared byte by byte at the end.
  /// - `differs KEY`: a documented difference; the test fails when there is none.
  /// - `no newline`: the script's last line has none.
  private mutating func take(directive words: [Substring], _ endsLine: inout Bool) throws {
    switch (words.first, words.count) {
    case ("memory", 3):
      guard let start = UInt64(words[1], radix: 16), let count = UInt64(words[2], radix: 16)
      else { throw Fault(description: "\(name): \(words) is no range") }
      memory.append(start..<start + count)
    case ("differs", 2): difference = String(words[1])
    case ("no", 2): endsLine = false
    default: throw Fault(description: "\(name): nothing is known of `\(words)`")
    }
  }

  private static func bytes(of text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = text[...]
    while let found = rest.firstMatch(of: /«([0-9A-Fa-f]{2})»/) {
      bytes += rest[..<found.range.lowerBound].utf8
      bytes += [UInt8(found.output.1, radix: 16)].compactMap { $0 }
      rest = rest[found.range.upperBound...]
    }
    return bytes + rest.utf8
  }
}

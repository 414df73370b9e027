import Diagnostics
import Yams

/// Where a key stands for the second time.
///
/// Yams names the key and its first place only. So each spot that may be such a key is given a
/// name of its own (the key, a mark, a number) and the text is parsed again: the parser itself then
/// says which of the spots are keys of one mapping.
///
///     ram: 1GiB         ram·0: 1GiB        keys of one mapping: ram·0, ram·2
///     note: "ram: 2"    note: "ram·1: 2"   so the second key is spot 2
///     ram: 2GiB         ram·2: 2GiB
struct DuplicateKeys {
  let text: String
  let file: String

  /// A private-use character: allowed in YAML, and in no key of ours.
  private static let mark: Character = "\u{e000}"

  /// The earliest second key, or nil where a key hides from the search (behind an escape such as
  /// `"\x61"`).
  func locate(_ duplicates: [String]) -> YAMLError? {
    var keys = Set(duplicates)
    // Each round may uncover further duplicates in other mappings.
    for _ in 0..<16 {
      let (marked, spots) = mark(keys)
      do {
        guard let root = try Parser(yaml: marked, resolver: .basic, encoding: .utf8).singleRoot()
        else { return nil }
        let pair = pairs(in: root, depth: 0).filter { spots.indices.contains($0.second) }
          .min { $0.second < $1.second }
        guard let pair, spots.indices.contains(pair.first) else { return nil }
        return .duplicateKey(
          pair.key, at: span(of: spots[pair.second]), first: span(of: spots[pair.first]))
      } catch YamlError.duplicatedKeysInMapping(let more, _) {
        let before = keys.count
        keys.formUnion(more)
        if keys.count == before { return nil }
      } catch {
        return nil
      }
    }
    return nil
  }

  /// The text with every candidate marked, and the byte offset of each candidate in `text`.
  private func mark(_ keys: Set<String>) -> (text: String, spots: [Int]) {
    let bytes = Array(text.utf8)
    let names = keys.filter { !$0.isEmpty }.map { Array($0.utf8) }
    var marked: [UInt8] = []
    var spots: [Int] = []
    var copied = 0
    for offset in bytes.indices {
      guard offset >= copied, startsKey(at: offset, in: bytes) else { continue }
      for name in names where bytes[offset...].starts(with: name) {
        let end = offset + name.count
        guard endsKey(at: end, in: bytes) else { continue }
        marked += bytes[copied..<end]
        marked += "\(Self.mark)\(spots.count)".utf8
        spots.append(offset)
        copied = end
        break
      }
    }
    marked += bytes[copied...]
    return (String(decoding: marked, as: UTF8.self), spots)
  }

  private func startsKey(at offset: Int, in bytes: [UInt8]) -> Bool {
    offset == 0 || " \n{,[?\"'".utf8.contains(bytes[offset - 1])
  }

  private func endsKey(at offset: Int, in bytes: [UInt8]) -> Bool {
    var rest = bytes[offset...]
    if let quote = rest.first, "\"'".utf8.contains(quote) { rest = rest.dropFirst() }
    // An explicit key (`? name`) may end at the line's end.
    guard let next = rest.first(where: { $0 != UInt8(ascii: " ") }) else { return false }
    return next == UInt8(ascii: ":") || next == UInt8(ascii: "\n") || next == UInt8(ascii: "\r")
  }

  private func pairs(in node: Node, depth: Int) -> [(key: String, first: Int, second: Int)] {
    guard depth <= YAMLDocument.depthLimit else { return [] }
    var found: [(String, Int, Int)] = []
    switch node {
    case .sequence(let items):
      for item in items { found += pairs(in: item, depth: depth + 1) }
    case .mapping(let mapping):
      var seen: [String: Int] = [:]
      for (key, item) in mapping {
        if let (name, spot) = unmark(key.string ?? "") {
          if let first = seen[name] { found.append((name, first, spot)) }
          if seen[name] == nil { seen[name] = spot }
        }
        found += pairs(in: item, depth: depth + 1)
      }
    case .scalar, .alias: break
    }
    return found
  }

  private func unmark(_ key: String) -> (name: String, spot: Int)? {
    guard let mark = key.lastIndex(of: Self.mark), let spot = Int(key[key.index(after: mark)...])
    else { return nil }
    return (String(key[..<mark]), spot)
  }

  /// A quoted key begins at its quote.
  private func span(of offset: Int) -> SourceSpan {
    let bytes = Array(text.utf8)
    let quoted = offset > 0 && "\"'".utf8.contains(bytes[offset - 1])
    return SourceText.span(of: quoted ? offset - 1 : offset, in: bytes, file: file)
  }
}

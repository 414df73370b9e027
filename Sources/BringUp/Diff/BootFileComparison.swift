import BootImages
import DeviceTree
import Measures

/// The boot files of two cards, by what they mean to a boot.
struct BootFileComparison {
  let differences: [CardDifference]

  private static let part = "boot files"

  init(_ old: [InspectedFile], _ new: [InspectedFile]) {
    let theirs = Dictionary(new.map { ($0.path, $0) }) { first, _ in first }
    let ours = Dictionary(old.map { ($0.path, $0) }) { first, _ in first }
    differences = Set(ours.keys).union(theirs.keys).sorted().compactMap { path in
      switch (ours[path], theirs[path]) {
      case (let old?, let new?): Self.difference(old, new)
      case (let old?, nil): CardDifference(Self.part, path, old: Self.words(old), new: nil)
      case (nil, let new?): CardDifference(Self.part, path, old: nil, new: Self.words(new))
      case (nil, nil): nil
      }
    }
  }

  private static func words(_ file: InspectedFile) -> String {
    "\(file.size.rawValue) bytes, \(file.kind)"
  }

  private static func difference(
    _ old: InspectedFile, _ new: InspectedFile
  ) -> CardDifference? {
    if old.hasSameContent(as: new) { return nil }
    func difference(_ lines: [String]) -> CardDifference {
      CardDifference(
        part, old.path, old: old.kind == new.kind ? nil : words(old),
        new: old.kind == new.kind ? nil : words(new), lines: lines)
    }
    if let old = try? DeviceTree(parsing: old.bytes.span.bytes),
      let new = try? DeviceTree(parsing: new.bytes.span.bytes)
    {
      let text = TreeDifference.text(TreeDifference.between(old, new))
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      return difference(
        text.isEmpty ? ["the trees mean the same and are laid out differently"] : lines.dropLast())
    }
    if let before = text(of: old), let after = text(of: new) {
      let lines = TextDifference(before, after).lines
      return difference(
        lines.isEmpty ? ["the texts are the same, and what is around them differs"] : lines)
    }
    return CardDifference(
      part, old.path, old: words(old) + digest(of: old), new: words(new) + digest(of: new))
  }

  /// Of a file of which only the beginning is at hand, nothing.
  private static func digest(of file: InspectedFile) -> String {
    UInt64(file.bytes.count) == file.size.rawValue
      ? ", SHA-256 \(Digest.sha256(file.bytes))" : ""
  }

  /// Of a script image the text in it.
  private static func text(of file: InspectedFile) -> String? {
    switch file.kind {
    case .bootScript:
      String(decoding: ShownScript(file.bytes, file: file.path).text, as: UTF8.self)
    case .text, .deviceTreeSource, .empty: String(decoding: file.bytes, as: UTF8.self)
    default: nil
    }
  }
}

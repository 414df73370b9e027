public import Diagnostics

/// Makes changes to the text of one source file, and leaves every other byte as it is.
///
/// Only what stands in one place of the file, written out, is changed. All changes are of the text
/// that the map was made of; afterwards the map is of no use for the new text.
public struct DTSEdit: Sendable {
  public struct Refusal: Sendable, Hashable {
    public let change: Fix.Change
    public let reason: DTSEditRefusal
  }

  /// The new text, and what became of each change.
  public struct Outcome: Sendable {
    public let text: [UInt8]
    public let applied: [Fix.Change]
    public let refused: [Refusal]
  }

  let file: String
  let map: SourceMap
  private let bytes: [UInt8]
  private let source: SourceText?

  /// - Parameters:
  ///   - file: its name in the map.
  ///   - text: what it holds.
  public init(file: String, text: [UInt8], map: SourceMap) {
    self.file = file
    self.map = map
    bytes = text
    source = SourceText(text)
  }

  /// Makes as many of the changes as can be made together; of two that touch the same text the
  /// first is made. A change that is given twice is made once.
  public func applying(_ changes: [Fix.Change]) -> Outcome {
    guard let source else {
      return Outcome(
        text: bytes, applied: [],
        refused: changes.map { Refusal(change: $0, reason: .notInFile(file)) })
    }
    var edits = ByteEdits()
    var applied: [Fix.Change] = []
    var refused: [Refusal] = []
    var targets: [Target: Fix.Change] = [:]
    for change in changes {
      do throws(DTSEditRefusal) {
        if let other = targets[Target(change)] {
          if other == change { continue }
          throw DTSEditRefusal.overlaps(other)
        }
        let edit = try edit(for: change, in: source)
        if let other = edits.insert(edit, for: change) { throw DTSEditRefusal.overlaps(other) }
        targets[Target(change)] = change
        applied.append(change)
      } catch {
        refused.append(Refusal(change: change, reason: error))
      }
    }
    return Outcome(text: edits.applied(to: bytes), applied: applied, refused: refused)
  }

  /// The change as an edit of the text by lines and columns; nil where it cannot be made.
  public func textEdit(for change: Fix.Change) -> TextEdit? {
    guard let source, let edit = try? edit(for: change, in: source) else { return nil }
    let (start, end) = (edit.range.lowerBound, edit.range.upperBound)
    return TextEdit(
      line: source.line(of: start), column: source.column(of: start),
      endLine: source.line(of: end), endColumn: source.column(of: end),
      text: String(decoding: edit.replacement, as: UTF8.self))
  }

  /// What a change is about: no two may be about the same.
  private struct Target: Hashable {
    let node: String
    let property: String?

    init(_ change: Fix.Change) {
      switch change {
      case .set(let node, let property, _), .remove(let node, let property):
        (self.node, self.property) = (node, property)
      case .rename(let node, _): (self.node, property) = (node, nil)
      }
    }
  }

  private func edit(
    for change: Fix.Change, in source: SourceText
  ) throws(DTSEditRefusal) -> ByteEdit {
    switch change {
    case .set(let node, let property, let value):
      try Self.check(value: value)
      if map.ranges(of: property, in: node).isEmpty {
        return try adding(property, value: value, to: node, in: source)
      }
      return try setting(property, of: node, to: value, in: source)
    case .remove(let node, let property): return try removing(property, of: node, in: source)
    case .rename(let node, let name): return try renaming(node, to: name, in: source)
    }
  }
}

/// New bytes in place of a range.
struct ByteEdit {
  let range: Range<Int>
  let replacement: [UInt8]
}

/// Edits of one text that do not touch each other, in the order of the text.
private struct ByteEdits {
  private var edits: [(edit: ByteEdit, change: Fix.Change)] = []

  /// Takes the edit in, or tells with which other one it collides. Two that only insert at the
  /// same place do not: they come in the order in which they were given.
  mutating func insert(_ edit: ByteEdit, for change: Fix.Change) -> Fix.Change? {
    var (low, high) = (0, edits.count)
    while low < high {
      let middle = (low + high) / 2
      let other = edits[middle].edit.range
      let isBefore =
        other.lowerBound < edit.range.lowerBound
        || (other.lowerBound == edit.range.lowerBound && other.isEmpty)
      if isBefore { low = middle + 1 } else { high = middle }
    }
    if low > 0, edits[low - 1].edit.range.upperBound > edit.range.lowerBound {
      return edits[low - 1].change
    }
    if low < edits.count, edits[low].edit.range.lowerBound < edit.range.upperBound {
      return edits[low].change
    }
    edits.insert((edit, change), at: low)
    return nil
  }

  func applied(to bytes: [UInt8]) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    var copied = 0
    for (edit, _) in edits {
      text += bytes[copied..<edit.range.lowerBound]
      text += edit.replacement
      copied = edit.range.upperBound
    }
    return text + bytes[copied...]
  }
}

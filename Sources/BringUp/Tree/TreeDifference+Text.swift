public import DeviceTree
import Measures

extension TreeDifference {
  /// The differences as people read them: under each node's path, what goes with `-` before it and
  /// what comes with `+`.
  public static func text(_ differences: [TreeDifference]) -> String {
    var lines: [String] = []
    var lastPath: String?
    func heading(_ path: String) {
      if path == lastPath { return }
      if lastPath != nil { lines.append("") }
      lines.append(path)
      lastPath = path
    }
    for difference in differences {
      switch difference {
      case .reservations(let old, let new):
        heading("/memreserve/")
        lines += old.filter { !new.contains($0) }.map { "- \($0.address) \($0.size)" }
        lines += new.filter { !old.contains($0) }.map { "+ \($0.address) \($0.size)" }
      case .bootProcessor(let old, let new):
        heading("boot processor")
        lines += ["- \(old)", "+ \(new)"]
      case .property(let path, let old, let new):
        heading(path)
        if let old { lines.append("- \(old.source)") }
        if let new { lines.append("+ \(new.source)") }
      case .removed(let path, let node):
        heading(path)
        lines += node.source.split(separator: "\n").map { "- \($0)" }
      case .added(let path, let node):
        heading(path)
        lines += node.source.split(separator: "\n").map { "+ \($0)" }
      }
    }
    return lines.isEmpty ? "" : lines.joined(separator: "\n") + "\n"
  }
}

/// A difference for programs; values are source text.
public struct TreeDifferenceRecord: Encodable, Sendable {
  let path: String
  let property: String?
  let old: String?
  let new: String?

  public init(_ difference: TreeDifference) {
    func text(_ reservations: [MemoryReservation]) -> String {
      reservations.map { "<\($0.address) 0x\(String($0.size.rawValue, radix: 16))>" }
        .joined(separator: ", ")
    }
    switch difference {
    case .reservations(let before, let after):
      (path, property) = ("/memreserve/", nil)
      (old, new) = (text(before), text(after))
    case .bootProcessor(let before, let after):
      (path, property) = ("boot processor", nil)
      (old, new) = ("\(before)", "\(after)")
    case .property(let place, let before, let after):
      path = place
      property = (before ?? after)?.name
      (old, new) = (before?.sourceValue, after?.sourceValue)
    case .removed(let place, let node): (path, property, old, new) = (place, nil, node.source, nil)
    case .added(let place, let node): (path, property, old, new) = (place, nil, nil, node.source)
    }
  }
}

public import Diagnostics

/// What an overlay says that would make libfdt read or write outside the trees, or run for ever.
public enum OverlayFault: Error, Sendable, Hashable {
  /// An entry of `__fixups__` is not `/path:property:offset`.
  case malformedFixup(label: String, entry: String)
  /// A `__fixups__` list that no zero byte ends.
  case unterminatedFixups(label: String)
  /// A list of `__local_fixups__` whose length is no multiple of four.
  case malformedLocalFixups(node: String, property: String)
  /// A fixup of a node or a property that the overlay does not have.
  case fixupOfNothing(node: String, property: String)
  /// The four bytes from the offset on do not lie within the value.
  case fixupOutsideValue(node: String, property: String, offset: UInt32, length: Int)
  /// A fixup of what tells how to apply the overlay.
  case fixupOfMetadata(node: String, property: String)
  /// A `target-path` that is no absolute path.
  case malformedTargetPath(fragment: String)
  /// The base tree has no node `/__symbols__`, which the labels of fixups are looked up in.
  case noSymbols
  /// The base tree has no such label.
  case unknownLabel(String)
  /// The base tree's symbol is no absolute path.
  case malformedSymbol(String)
  /// The base tree has no node of that path, which the fragment is for.
  case noTarget(fragment: String, path: String)
  case tooManyFixups(limit: Int)
}

extension OverlayFault: DiagnosticConvertible {
  public var diagnostic: Diagnostic {
    Diagnostic(.error, sentence, help: help)
  }

  private var sentence: String {
    switch self {
    case .malformedFixup(let label, let entry):
      "the fixup \"\(entry)\" of \(label) is not /path:property:offset"
    case .unterminatedFixups(let label):
      "the fixups of \(label) are no list of texts"
    case .malformedLocalFixups(let node, let property):
      "the local fixups of \(property) in \(node) are no whole cells"
    case .fixupOfNothing(let node, let property):
      "a fixup is for \(property) of \(node), which the overlay does not have"
    case .fixupOutsideValue(let node, let property, let offset, let length):
      "a fixup is for offset \(offset) of \(property) in \(node), which has \(length) bytes"
    case .fixupOfMetadata(let node, let property):
      "a fixup would change \(property) of \(node), which tells how to apply the overlay"
    case .malformedTargetPath(let fragment):
      "the target-path of \(fragment) is no path from the root on"
    case .noSymbols: "the base tree has no /__symbols__, where the overlay's labels are looked up"
    case .unknownLabel(let label): "the base tree has no label \(label)"
    case .malformedSymbol(let label):
      "the base tree's symbol \(label) is no path from the root on"
    case .noTarget(let fragment, let path):
      "\(fragment) is for the node \(path), which the base tree does not have"
    case .tooManyFixups(let limit): "the overlay has more than \(limit) fixups"
    }
  }

  private var help: String? {
    switch self {
    case .noSymbols: "compile the base tree with `dtc -@`"
    case .noTarget:
      "look at the path's spelling, or apply the overlay to the tree that it was made for"
    case .unknownLabel: "look at the label's spelling, and compile the base tree with `dtc -@`"
    case .malformedTargetPath, .malformedSymbol: "write the whole path, and no alias"
    default: "compile the overlay again with `dtc -@`"
    }
  }
}

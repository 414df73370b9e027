public import Diagnostics
public import TreeSource

/// What a source was compiled to.
public struct CompiledTree: Sendable {
  /// The blob.
  public let bytes: [UInt8]
  /// Where its nodes and properties stand in the source.
  public let positions: SourceMap
  /// What only the source shows to be wrong, under the names of dtc's checks.
  public let messages: [Finding]
  /// Whether every reference has become the phandle or the path that it means. Where dtc gives up
  /// before (two nodes of one name, a phandle of 0), what the blob has in their places means
  /// nothing, and rules about phandles would accuse it of what dtc left open.
  public let isResolved: Bool
  /// The files that took part, by the names that findings have for them, as far as they were read:
  /// for excerpts and for edits.
  public let texts: [String: [UInt8]]
}

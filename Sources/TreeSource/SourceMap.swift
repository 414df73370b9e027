/// Where the nodes and properties of a tree stand in the source text that dtc made it of.
///
/// A node may stand in several places: `/ { soc { }; };` in one file, `&soc { };` in another, in
/// the order in which dtc read them. Of a property only the last definition counts, and only that
/// is known. What dtc adds by itself (`phandle`, `__symbols__`) stands nowhere.
public struct SourceMap: Sendable {
  /// One of the places that make a node.
  public struct NodePlace: Sendable, Hashable {
    /// What stands before the brace.
    public enum Naming: String, Sendable, Hashable, CaseIterable {
      /// The node's own name, or `/`.
      case name
      /// `&label`
      case label
      /// `&{/path}`
      case path
      /// A macro made it.
      case unknown
    }

    public let naming: Naming
    /// What stands before the brace; nil where that is unknown.
    public let name: SourceRange?
    /// From the `{` to behind the `;`.
    public let body: SourceRange

    public init(_ naming: Naming, name: SourceRange?, body: SourceRange) {
      self.naming = naming
      self.name = name
      self.body = body
    }
  }

  struct Node: Sendable {
    var places: [NodePlace] = []
    var properties: [String: [SourceRange]] = [:]
  }

  var nodes: [String: Node] = [:]

  /// A map of nothing.
  public init() {}

  /// Every place that makes the node of that path: `/soc/serial@1c28000`.
  public func places(of node: String) -> [NodePlace] { nodes[node]?.places ?? [] }

  /// Where the property stands: from its name, labels before it left out, to behind its `;`.
  public func ranges(of property: String, in node: String) -> [SourceRange] {
    nodes[node]?.properties[property] ?? []
  }

  /// The node's properties that stand somewhere.
  public func properties(of node: String) -> [String: [SourceRange]] {
    nodes[node]?.properties ?? [:]
  }

  /// Where a finding at the property or the node is to be shown. A property that stands nowhere is
  /// shown at its node's name, a node that stands nowhere at the nearest node above that does.
  public func range(node: String, property: String? = nil) -> SourceRange? {
    if let property, let range = ranges(of: property, in: node).last { return range }
    var path = node[...]
    while true {
      if let place = places(of: path.isEmpty ? "/" : String(path)).first {
        return place.name ?? place.body
      }
      guard let slash = path.lastIndex(of: "/") else { return nil }
      path = path[..<slash]
    }
  }
}

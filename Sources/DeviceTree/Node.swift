/// A node: its properties and the nodes below it, each in file order.
public struct Node: Sendable, Hashable {
  /// The name with its unit address and without its path: `serial@1c28000`; empty for the root.
  public var name: String
  /// No two share a name in a tree that was read.
  public var properties: [Property]
  /// No two share a name in a tree that was read.
  public var children: [Node]

  public init(name: String, properties: [Property] = [], children: [Node] = []) {
    self.name = name
    self.properties = properties
    self.children = children
  }

  /// The name before its `@`.
  public var baseName: Substring { name.prefix { $0 != "@" } }

  /// What follows the first `@` of the name, or nil where there is none.
  public var unitAddress: Substring? {
    name.firstIndex(of: "@").map { name[name.index(after: $0)...] }
  }

  /// The property of that name.
  public func property(_ name: String) -> Property? {
    properties.first { $0.name == name }
  }

  /// The child of exactly that name, unit address and all.
  public func child(_ name: String) -> Node? {
    children.first { $0.name == name }
  }

  /// Gives the node this property: in the place of its namesake, else as the last one.
  public mutating func set(_ property: Property) {
    if let index = properties.firstIndex(where: { $0.name == property.name }) {
      properties[index] = property
    } else {
      properties.append(property)
    }
  }

  /// Takes the property of that name away, if there is one.
  public mutating func removeProperty(_ name: String) {
    properties.removeAll { $0.name == name }
  }
}

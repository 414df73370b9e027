/// One thing in which two trees differ in meaning. The order of properties and of nodes, padding and
/// versions mean nothing.
public enum TreeDifference: Sendable, Hashable {
  /// A node that only one of the two has, with all below it.
  case added(path: String, Node)
  case removed(path: String, Node)
  /// A property of a node that both have; nil on the side that lacks it.
  case property(path: String, old: Property?, new: Property?)
  case reservations(old: [MemoryReservation], new: [MemoryReservation])
  case bootProcessor(old: UInt32, new: UInt32)

  /// What has to be done to `old` to make it `new`, in the order of the nodes.
  public static func between(_ old: DeviceTree, _ new: DeviceTree) -> [TreeDifference] {
    var differences: [TreeDifference] = []
    if old.reservations != new.reservations {
      differences.append(.reservations(old: old.reservations, new: new.reservations))
    }
    if old.bootProcessor != new.bootProcessor {
      differences.append(.bootProcessor(old: old.bootProcessor, new: new.bootProcessor))
    }
    compare(old.root, new.root, at: "", &differences)
    return differences
  }

  /// As deep as the trees, which their reader bounds.
  private static func compare(
    _ old: Node, _ new: Node, at path: String, _ differences: inout [TreeDifference]
  ) {
    let shown = path.isEmpty ? "/" : path
    let theirs = Dictionary(new.properties.map { ($0.name, $0) }) { first, _ in first }
    let ours = Set(old.properties.map(\.name))
    for property in old.properties where theirs[property.name] != property {
      differences.append(
        .property(path: shown, old: property, new: theirs[property.name]))
    }
    for property in new.properties where !ours.contains(property.name) {
      differences.append(.property(path: shown, old: nil, new: property))
    }
    let children = Dictionary(new.children.map { ($0.name, $0) }) { first, _ in first }
    let names = Set(old.children.map(\.name))
    for child in old.children {
      if let other = children[child.name] {
        compare(child, other, at: "\(path)/\(child.name)", &differences)
      } else {
        differences.append(.removed(path: "\(path)/\(child.name)", child))
      }
    }
    for child in new.children where !names.contains(child.name) {
      differences.append(.added(path: "\(path)/\(child.name)", child))
    }
  }
}

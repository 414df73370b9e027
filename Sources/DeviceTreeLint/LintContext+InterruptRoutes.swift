import DeviceTree

/// Which way the interrupts of each node go, by the nodes around it. Worked out once, from the root
/// inwards: most nodes have interrupts, and most leave it to a node far out to say where they go.
///
/// Source: Devicetree Specification v0.4, section 2.4; dtc checks.c, `check_interrupts_property`.
struct InterruptRoutes {
  enum Route {
    case nowhere
    /// The nearest node around it takes them itself.
    case to(NodeID)
    /// An `interrupt-parent`, of the node itself or further out, says where.
    case says(PropertyID)
  }

  /// What each node says itself: 0, or below it the property's number.
  private var own: [Int32]
  /// What the nodes inside each node get from it: 0, above it the number of the node that takes them,
  /// below it the property's; both counted from 1.
  private var inside: [Int32]
  private let tree: FlatTree

  init(_ tree: FlatTree) {
    self.tree = tree
    own = Array(repeating: 0, count: tree.nodeCount)
    inside = own
    for index in 0..<tree.propertyCount {
      let property = PropertyID(index)
      switch tree.known(property) {
      case .interruptParent:
        let node = Int(tree.node(of: property).index)
        if own[node] == 0 { own[node] = -1 - property.index }
      case .interruptController, .interruptMap:
        let node = tree.node(of: property)
        inside[Int(node.index)] = node.index + 1
      default: break
      }
    }
    for node in tree.allNodes where inside[Int(node.index)] == 0 {
      let said = own[Int(node.index)]
      inside[Int(node.index)] = said != 0 ? said : fromAround(node)
    }
  }

  subscript(node: NodeID) -> Route {
    let said = own[Int(node.index)]
    let route = said != 0 ? said : fromAround(node)
    if route == 0 { return .nowhere }
    return route > 0 ? .to(NodeID(Int(route) - 1)) : .says(PropertyID(-1 - Int(route)))
  }

  private func fromAround(_ node: NodeID) -> Int32 {
    tree.parent(node).map { inside[Int($0.index)] } ?? 0
  }
}

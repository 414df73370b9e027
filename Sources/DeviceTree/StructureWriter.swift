import Bytes

/// Writes nodes as tokens, and collects the property names they use.
struct StructureWriter {
  private(set) var structure: [UInt8] = []
  private(set) var strings: [UInt8] = []
  /// By bytes, because equal texts can have different ones.
  private var nameOffsets: [[UInt8]: UInt32] = [:]

  private enum Step {
    case node(Node)
    case endOfNode
  }

  /// Writes the whole tree below `root`, and the end mark. What is still to do is a list, so the
  /// depth of the tree is no matter.
  mutating func write(_ root: Node) {
    var steps: [Step] = [.node(root)]
    while let step = steps.popLast() {
      switch step {
      case .endOfNode:
        append(.endNode)
      case .node(let node):
        begin(node)
        steps.append(.endOfNode)
        for child in node.children.reversed() { steps.append(.node(child)) }
      }
    }
    append(.end)
  }

  private mutating func begin(_ node: Node) {
    append(.beginNode)
    structure.append(contentsOf: node.name.utf8)
    structure.append(0)
    structure.pad(to: 4)
    for property in node.properties {
      append(.property)
      structure.append(bigEndian: UInt32(clamping: property.value.count))
      structure.append(bigEndian: offset(of: property.name))
      structure.append(contentsOf: property.value)
      structure.pad(to: 4)
    }
  }

  private mutating func append(_ token: Token) {
    structure.append(bigEndian: token.rawValue)
  }

  private mutating func offset(of name: String) -> UInt32 {
    let name = Array(name.utf8)
    if let offset = nameOffsets[name] { return offset }
    let offset = UInt32(clamping: strings.count)
    nameOffsets[name] = offset
    strings.append(contentsOf: name)
    strings.append(0)
    return offset
  }
}

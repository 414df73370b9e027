import DeviceTree
import DeviceTreeLint
import Measures

/// Changes that keep a tree a tree.
extension Mutation {
  /// More nodes than this are not made: slow inputs are found with fewer.
  private static let mostNodes = 1 << 12

  mutating func change(_ tree: inout DeviceTree) {
    switch Int.random(in: 0..<20, using: &random) {
    case 0:
      tree.bootProcessor = UInt32.random(in: 0...UInt32.max, using: &random)
    case 1:
      tree.reservations.append(
        MemoryReservation(address: Address(number()), size: ByteCount(number())))
    case 2, 3:
      let copied = anyNode(of: tree.root)
      if copied.count + tree.root.count < Self.mostNodes {
        var copies = [copied]
        if Bool.random(using: &random) { copies[0].name = nodeName(copied.name) }
        if Int.random(in: 0..<8, using: &random) == 0 {
          let times = min(16, Self.mostNodes / (copied.count + 1))
          for number in 0..<times {
            var copy = copied
            copy.name = "\(copied.baseName)@\(String(number, radix: 16))"
            copies.append(copy)
          }
        }
        editAnyNode(of: &tree.root) { node, _ in node.children += copies }
      }
    default:
      let donor = anyNode(of: tree.root).properties.randomElement(using: &random)
      editAnyNode(of: &tree.root) { node, random in
        var mutation = Mutation(random: random)
        mutation.change(&node, donor)
        random = mutation.random
      }
    }
  }

  private mutating func change(_ node: inout Node, _ donor: Property?) {
    let index = node.properties.indices.randomElement(using: &random)
    switch Int.random(in: 0..<14, using: &random) {
    case 0, 1:
      guard let index else { return }
      node.properties[index].value = Self.byLibFuzzer(
        node.properties[index].value, room: node.properties[index].value.count + 64)
    case 2, 3, 4:
      guard let index else { return }
      let cells = node.properties[index].value.count / 4
      guard cells > 0 else {
        node.properties[index].value = cell()
        return
      }
      let start = 4 * Int.random(in: 0..<cells, using: &random)
      node.properties[index].value.replaceSubrange(start..<start + 4, with: cell())
    case 5:
      guard let index else { return }
      node.properties[index].name = propertyName()
    case 6: node.set(Property(name: propertyName(), value: donor?.value ?? []))
    case 7: if let donor { node.set(donor) }
    case 8:
      node.set(
        Property(
          name: propertyName(),
          value: (0..<Int.random(in: 0...6, using: &random)).flatMap {
            _ in cell()
          }))
    case 9: node.set(.string(index.map { node.properties[$0].name } ?? "compatible", text()))
    case 10: node.set(.strings("compatible", [text(), text()]))
    case 11:
      guard let index else { return }
      if Bool.random(using: &random) {
        node.properties.remove(at: index)
      } else if node.properties[index].value.count < 1 << 13 {
        node.properties[index].value += node.properties[index].value
      }
    case 12:
      guard let child = node.children.indices.randomElement(using: &random) else { return }
      node.children.remove(at: child)
    default: if !node.name.isEmpty { node.name = nodeName(node.name) }
    }
  }

  // MARK: Words and numbers

  private mutating func cell() -> [UInt8] {
    let value = UInt32(truncatingIfNeeded: number())
    return [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> UInt32($0)) }
  }

  /// Small, near an edge, page-like, or any.
  private mutating func number() -> UInt64 {
    switch Int.random(in: 0..<5, using: &random) {
    case 0: UInt64.random(in: 0...5, using: &random)
    case 1:
      [0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 0xFFFF_FFFE, 0xFFFF_F000, .max][
        Int.random(in: 0..<6, using: &random)]
    case 2: UInt64.random(in: 0...0xFF, using: &random)
    case 3: UInt64.random(in: 0x4_0000...0x8_0000, using: &random) << 12
    default: UInt64.random(in: 0 ... .max, using: &random)
    }
  }

  private mutating func propertyName() -> String {
    SpeltWords.propertyNames.randomElement(using: &random) ?? "reg"
  }

  private mutating func text() -> String { SpeltWords.texts.randomElement(using: &random) ?? "" }

  private mutating func nodeName(_ old: String) -> String {
    switch Int.random(in: 0..<4, using: &random) {
    case 0: old.prefix { $0 != "@" } + "@" + String(number(), radix: 16)
    case 1: String(old.prefix { $0 != "@" })
    default: SpeltWords.nodeNames.randomElement(using: &random) ?? "chosen"
    }
  }

  // MARK: Any node

  private mutating func anyNode(of root: Node) -> Node {
    var node = root
    var left = Int.random(in: 0..<root.count, using: &random)
    while left > 0 {
      left -= 1
      for child in node.children {
        let count = child.count
        if left < count {
          node = child
          break
        }
        left -= count
      }
    }
    return node
  }

  private mutating func editAnyNode(
    of root: inout Node, _ change: (inout Node, inout Mutation.Random) -> Void
  ) {
    root.edit(Int.random(in: 0..<root.count, using: &random)) { change(&$0, &random) }
  }
}

extension Node {
  /// The nodes of the subtree.
  fileprivate var count: Int { children.reduce(1) { $0 + $1.count } }

  /// Changes the node of that number, in file order.
  fileprivate mutating func edit(_ number: Int, _ change: (inout Node) -> Void) {
    guard number > 0 else { return change(&self) }
    var left = number - 1
    for index in children.indices {
      let count = children[index].count
      if left < count { return children[index].edit(left, change) }
      left -= count
    }
  }
}

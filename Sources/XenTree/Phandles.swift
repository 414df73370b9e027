import DeviceTree

/// Gives out phandles that no node of a tree has.
struct Phandles {
  private var used: Set<UInt32> = []
  private var last: UInt32 = 0

  init(in root: Node) {
    note(root)
    last = used.max() ?? 0
  }

  private mutating func note(_ node: Node) {
    if let phandle = node.phandle { used.insert(phandle) }
    for child in node.children { note(child) }
  }

  /// The one above the highest; where that is no phandle, the lowest that is free.
  mutating func next() -> UInt32 {
    repeat { last &+= 1 } while last == 0 || last == UInt32.max || used.contains(last)
    used.insert(last)
    return last
  }
}

extension Node {
  /// By either of its names.
  var phandle: UInt32? {
    for name in ["phandle", "linux,phandle"] {
      if let cells = property(name)?.cells, cells.count == 1 { return cells.first }
    }
    return nil
  }
}

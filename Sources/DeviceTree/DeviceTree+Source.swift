import Measures

extension DeviceTree {
  /// The whole tree as source text that dtc compiles to the same tree.
  public var source: String {
    var lines = ["/dts-v1/;"]
    for reservation in reservations {
      let (address, size) = (reservation.address.rawValue, reservation.size.rawValue)
      lines.append("/memreserve/ 0x\(String(address, radix: 16)) 0x\(String(size, radix: 16));")
    }
    lines.append("")
    root.appendSource(to: &lines, depth: 0)
    return lines.joined(separator: "\n") + "\n"
  }
}

extension Node {
  /// The node and all below it as source text.
  public var source: String {
    var lines: [String] = []
    appendSource(to: &lines, depth: 0)
    return lines.joined(separator: "\n") + "\n"
  }

  /// As deep as the tree, which its reader bounds.
  fileprivate func appendSource(to lines: inout [String], depth: Int) {
    let indent = String(repeating: "\t", count: depth)
    lines.append("\(indent)\(name.isEmpty ? "/" : name) {")
    for property in properties { lines.append("\(indent)\t\(property.source)") }
    for child in children {
      if lines.last?.hasSuffix("{") == false { lines.append("") }
      child.appendSource(to: &lines, depth: depth + 1)
    }
    lines.append("\(indent)};")
  }
}

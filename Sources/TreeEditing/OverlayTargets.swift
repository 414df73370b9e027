public import DeviceTree

/// Which node of a tree each fragment of an overlay changes, so that what is said of the tree can be
/// said of the overlay.
///
/// ```
/// overlay                                     tree
/// /fragment@0/__overlay__           ───►      /soc/spi@1c05000
/// /fragment@0/__overlay__/chip@0    ───►      /soc/spi@1c05000/chip@0
/// ```
public struct OverlayTargets: Sendable {
  /// The node of a fragment whose content it is.
  static let content = "__overlay__"

  /// The paths of what is put into each node of the tree, by that node's path.
  private let contents: [String: [String]]

  /// - Parameter tree: the tree with the overlay applied. Fragments that go elsewhere are left out.
  public init(of overlay: DeviceTree, in tree: DeviceTree) {
    let labels = Self.labels(overlay)
    let symbols = tree.root.child("__symbols__")
    var byPhandle: [[UInt8]: String]?
    var contents: [String: [String]] = [:]
    for fragment in overlay.root.children where fragment.child(Self.content) != nil {
      let path = "/" + fragment.name
      var target = fragment.property("target-path")?.string
      if target == nil { target = labels[path].flatMap { symbols?.property($0)?.string } }
      if target == nil, let phandle = fragment.property("target")?.value {
        let known = byPhandle ?? Self.phandles(tree)
        byPhandle = known
        target = known[phandle]
      }
      guard let target, tree.node(at: target) != nil else { continue }
      contents[target, default: []].append("\(path)/\(Self.content)")
    }
    self.contents = contents
  }

  /// Where the overlay may have a node of the tree, the fragments for the nearest nodes first.
  public func sources(of node: String) -> [String] {
    var found: [String] = []
    // From the node itself upwards; `rest` is the way from there down to it.
    var (path, rest) = (node[...], node[node.endIndex...])
    while true {
      for content in contents[path.isEmpty ? "/" : String(path)] ?? [] {
        found.append(content + rest)
      }
      guard let slash = path.lastIndex(of: "/"), node != "/" else { return found }
      (path, rest) = (path[..<slash], node[slash...])
    }
  }

  /// The label behind each fragment's `target`, by the list of what is still to be filled in.
  private static func labels(_ overlay: DeviceTree) -> [String: String] {
    var labels: [String: String] = [:]
    for property in overlay.root.child("__fixups__")?.properties ?? [] {
      for entry in property.strings ?? [] where entry.hasSuffix(":target:0") {
        labels[String(entry.dropLast(":target:0".count))] = property.name
      }
    }
    return labels
  }

  /// The path of each node that has a phandle.
  private static func phandles(_ tree: DeviceTree) -> [[UInt8]: String] {
    var paths: [[UInt8]: String] = [:]
    var waiting = [(node: tree.root, path: "")]
    while let (node, path) = waiting.popLast() {
      if let phandle = node.property("phandle")?.value {
        paths[phandle] = path.isEmpty ? "/" : path
      }
      for child in node.children { waiting.append((child, "\(path)/\(child.name)")) }
    }
    return paths
  }
}

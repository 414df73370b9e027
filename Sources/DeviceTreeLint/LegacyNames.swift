import DeviceTree
import Diagnostics

/// The names of modules before Xen 4.5 and since. Every version takes a list of both.
enum LegacyNames {
  private static let pairs = [
    (new: "multiboot,module", old: "xen,multiboot-module"),
    (new: "multiboot,kernel", old: "xen,linux-zimage"),
    (new: "multiboot,ramdisk", old: "xen,linux-initrd"),
  ]

  /// Adds to each name its counterpart; nil where the kind of the module is not said, since only its
  /// author knows it.
  static func fix(_ tree: FlatTree, _ node: NodeID, _ compatible: PropertyID) -> Fix? {
    guard let names = tree.strings(compatible) else { return nil }
    let isTyped = pairs.dropFirst().contains { names.contains($0.new) || names.contains($0.old) }
    guard isTyped else { return nil }
    var all = names
    for pair in pairs where names.contains(pair.new) || names.contains(pair.old) {
      for name in [pair.new, pair.old] where !names.contains(name) { all.append(name) }
    }
    guard all.contains("multiboot,module") else { return nil }
    return Fix(
      .safe, "list the old names and the new ones",
      .set(
        node: tree.path(node), property: tree.propertyName(compatible),
        value: FlatTree.sourceText(all)))
  }
}

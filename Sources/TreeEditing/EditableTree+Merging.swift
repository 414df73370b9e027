import DeviceTree

/// Overlays on blobs that have no room, as `fdtoverlay` lays them.
extension EditableTree {
  /// The base with the overlay applied, in as much room as that takes and no more.
  ///
  /// Nobody knows beforehand how much that is: libfdt copies labels with longer paths than they had.
  public static func merged(
    _ overlay: [UInt8], onto base: [UInt8]
  ) throws(TreeEditError) -> [UInt8] {
    var padding = min(overlay.count, largest) + 0x1000
    while true {
      var tree = try EditableTree(base, padding: padding)
      do throws(TreeEditError) {
        try tree.apply(overlay: overlay)
        try tree.pack()
        return tree.bytes
      } catch {
        // A base that grows beyond the limit ends this.
        guard error == .libfdt(.noSpace, .applyOverlay) else {
          throw explained(error, overlay, base)
        }
      }
      padding *= 2
    }
  }

  /// libfdt only says that something is not there; mostly it is what the overlay is for.
  private static func explained(
    _ error: TreeEditError, _ overlay: [UInt8], _ base: [UInt8]
  ) -> TreeEditError {
    guard error == .libfdt(.notFound, .applyOverlay),
      let base = try? DeviceTree(parsing: base.span.bytes),
      let overlay = try? DeviceTree(parsing: overlay.span.bytes)
    else { return error }
    for fragment in overlay.root.children where fragment.child(OverlayTargets.content) != nil {
      guard let path = fragment.property("target-path")?.string, base.node(at: path) == nil else {
        continue
      }
      return .overlay(.noTarget(fragment: "/" + fragment.name, path: path))
    }
    return error
  }
}

import DeviceTree

/// A difference between an old dtc and ours, which follows 1.8.1; `Docs/dtc-parity.md` tells of each.
struct DTCChange: Sendable {
  let check: String
  /// The first release that does as we do.
  let since: DTCVersion
  /// Whether what the two say of the node may differ for this reason.
  let concerns: @Sendable (FlatTree, NodeID) -> Bool

  init(
    _ check: String, since: DTCVersion,
    concerns: @escaping @Sendable (FlatTree, NodeID) -> Bool
  ) {
    self.check = check
    self.since = since
    self.concerns = concerns
  }

  static let all: [DTCChange] = ofNamesAndBuses + ofLinks

  static func explains(
    _ difference: DTCComparison.Difference, in tree: FlatTree, with version: DTCVersion
  ) -> Bool {
    let changes = all.filter { $0.check == difference.message.check && version < $0.since }
    guard !changes.isEmpty,
      let node = tree.allNodes.first(where: {
        difference.message.node.isEmpty || tree.path($0) == difference.message.node
      })
    else { return false }
    return changes.contains { $0.concerns(tree, node) }
  }
}

import Boards
import DeviceTree
import Diagnostics
import Measures
import MemoryPlanner
import Workspace

/// What one file needs where it is loaded.
struct LoadNeed {
  /// As `load:` calls it.
  let key: String
  let owner: String
  let kind: Claim.Kind
  let size: ByteCount
  let alignment: UInt64
}

extension SoC {
  /// How much larger the composed tree may be than the board's own.
  private static let treeGrowth: UInt64 = 0x4000
  private static let page: UInt64 = 0x1000

  /// The chip with the project's word on where files are loaded to. What is `auto` goes where it fits,
  /// beside all that has an address and all that is not ours; that the whole is sound is checked with
  /// the finished files afterwards.
  ///
  /// - Parameters:
  ///   - tree: the board's own, before anything is added.
  ///   - needs: of the files but the tree.
  func loading(
    _ places: [String: Project.Place], on board: Board, tree: DeviceTree, treeSize: ByteCount,
    needs: [LoadNeed]
  ) throws -> SoC {
    guard !places.isEmpty else { return self }
    let grown = ByteCount(treeSize.rawValue &+ Self.treeGrowth)
    let all =
      needs + [
        LoadNeed(
          key: "tree", owner: "the device tree", kind: .tree, size: grown, alignment: Self.page)
      ]
    let defaults = Dictionary(load.all.map { ($0.name, $0.address) }) { first, _ in first }
    let found: MemoryPlan?
    if places.values.contains(where: { $0.address == nil }) {
      found = try MemoryPlan(
        memory: try board.smallestMemory(on: self),
        fixed: try fixed(on: board, tree: tree, treeSize: grown),
        requests: all.map { need in
          PlacementRequest(
            owner: need.owner, kind: need.kind,
            address: places[need.key].map(\.address) ?? defaults[need.key], size: need.size,
            alignment: need.alignment, reason: "its file", source: places[need.key]?.span)
        })
    } else {
      found = nil
    }
    var addresses: [String: Address] = [:]
    for need in all {
      addresses[need.key] = places[need.key]?.address ?? found?.address(of: need.owner)
    }
    return loading(
      at: load.replacing(
        addresses.filter { places[$0.key] != nil }, at: places.mapValues(\.span)))
  }

  /// What is taken whatever is loaded.
  private func fixed(on board: Board, tree: DeviceTree, treeSize: ByteCount) throws -> [Claim] {
    let window = try board.bootWindow(on: self)
    // The tree once U-Boot has moved it, with what it adds and the rest of a page.
    let moved = min(treeSize.rawValue &+ Self.treeGrowth, window.size.rawValue)
    let ranges: [AddressRange?] = [
      try board.bootloaderReserve(on: self),
      AddressRange(start: Address(window.end.rawValue - moved), end: window.end),
      // One page and more of script.
      AddressRange(start: load.script, size: 0x1_0000),
    ]
    let reserved =
      try tree.reservedMemory().map(\.range)
      + tree.reservations.compactMap { AddressRange(start: $0.address, size: $0.size) }
      + self.reserved.map(\.range)
    return claims
      + (ranges.compactMap { $0 } + reserved).map {
        Claim(owner: "what is not ours", range: $0, reason: "U-Boot or the board needs it")
      }
  }
}

import Boards
import BootImages
import DeviceTree
import Measures
import MemoryPlanner

extension MemoryPlan {
  /// What U-Boot adds to a tree when it moves it (`CONFIG_SYS_FDT_PAD`, `boot/image-fdt.c`).
  private static let treePad: UInt64 = 0x3000
  private static let page: UInt64 = 0x1000

  /// The map at the moment when Xen is entered, on the board's smallest variant.
  init(
    board: Board, soc: SoC, tree: DeviceTree, treeSize: ByteCount, xen: ByteCount,
    xenVersion: XenVersion, kernel: ByteCount, initrd: ByteCount, script: ByteCount
  ) throws {
    let alignment = try Self.alignment(of: xenVersion, size: xen)
    let memory = try board.smallestMemory(on: soc)
    let load = soc.load
    try self.init(
      memory: memory,
      fixed: try Self.fixed(
        soc: soc, bootloader: try board.bootloaderReserve(on: soc),
        window: try board.bootWindow(on: soc), tree: tree, treeSize: treeSize),
      requests: [
        // The first, so that what our script loads makes way for it and not the other way round.
        PlacementRequest(
          owner: "the boot script", kind: .script, address: load.script, size: script, alignment: 4,
          reason: "U-Boot reads it from there while it runs (scriptaddr)",
          givenBy: "U-Boot's own environment (`scriptaddr`)", source: load.spans["script"]),
        PlacementRequest(
          owner: "Xen", kind: .xen, address: load.xen, size: xen, alignment: alignment,
          reason: "its image with the memory behind it that it clears (zImage header)",
          source: load.spans["xen"]),
        PlacementRequest(
          owner: "the device tree", kind: .tree, address: load.tree, size: treeSize, alignment: 8,
          reason: "the file, before U-Boot moves it", source: load.spans["tree"]),
        PlacementRequest(
          owner: "the dom0 kernel", kind: .kernel, address: load.kernel, size: kernel,
          alignment: Self.page,
          reason: "its file", source: load.spans["kernel"]),
        PlacementRequest(
          owner: "the initial RAM disk", kind: .initrd, address: load.initrd, size: initrd,
          alignment: Self.page, reason: "its file", source: load.spans["initrd"]),
      ])
  }

  /// What Xen's address has to be a multiple of. Up to 4.4 it maps itself by one section of 2 MiB
  /// at its own address, and all of it has to lie in there (Xen `docs/misc/arm/booting.txt` of 4.4).
  private static func alignment(of version: XenVersion, size: ByteCount) throws -> UInt64 {
    guard version < XenVersion(major: 4, minor: 5) else { return page }
    let section = ByteCount.mebibytes(2)
    guard size <= section else {
      throw BuildError.xenTooLarge(version, size: size, limit: section)
    }
    return section.rawValue
  }

  /// What lies fast: U-Boot itself, the tree where U-Boot moves it to, reserved memory.
  private static func fixed(
    soc: SoC, bootloader: AddressRange, window: AddressRange, tree: DeviceTree,
    treeSize: ByteCount
  ) throws -> [Claim] {
    var claims = [
      Claim(
        owner: "U-Boot", range: bootloader, reason: "it moves itself to the top of memory",
        kind: .bootloader),
      Claim(
        owner: "the device tree where U-Boot moves it to",
        range: try movedTree(of: treeSize, in: window),
        reason: "the last of bootm_low + bootm_size, with 12 KiB for what U-Boot adds",
        kind: .tree),
    ]
    claims += soc.claims
    claims += soc.reserved.map {
      Claim(owner: "reserved memory", range: $0.range, reason: $0.why)
    }
    for region in try tree.reservedMemory() {
      claims.append(
        Claim(
          owner: "reserved memory", range: region.range,
          reason: "\(region.path) of the board's tree"))
    }
    for reservation in tree.reservations {
      guard let range = AddressRange(start: reservation.address, size: reservation.size) else {
        throw BuildError.endlessReservation(reservation)
      }
      claims.append(
        Claim(owner: "reserved memory", range: range, reason: "/memreserve/ of the board's tree"))
    }
    return claims
  }

  /// The last pages of the window that hold the tree and what U-Boot adds to it.
  private static func movedTree(
    of size: ByteCount, in window: AddressRange
  ) throws -> AddressRange {
    let (grown, overflow) = size.rawValue.addingReportingOverflow(treePad)
    guard !overflow, grown <= window.size.rawValue,
      let range = AddressRange(
        start: Address(window.end.rawValue - grown).roundedDown(to: page), end: window.end),
      window.contains(range)
    else { throw BuildError.noRoomForTree(size, added: ByteCount(treePad), window: window) }
    return range
  }
}

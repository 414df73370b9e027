import Boards
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
    kernel: ByteCount, initrd: ByteCount, script: ByteCount
  ) throws {
    let memory = try board.smallestMemory(on: soc)
    let load = soc.load
    try self.init(
      memory: memory,
      fixed: try Self.fixed(
        soc: soc, window: try board.bootWindow(on: soc), memory: memory, tree: tree,
        treeSize: treeSize),
      requests: [
        PlacementRequest(
          owner: "Xen", address: load.xen, size: xen, alignment: Self.page,
          reason: "its image with the memory behind it that it clears (zImage header)"),
        PlacementRequest(
          owner: "the device tree", address: load.tree, size: treeSize, alignment: 8,
          reason: "the file, before U-Boot moves it"),
        PlacementRequest(
          owner: "the boot script", address: load.script, size: script, alignment: 4,
          reason: "U-Boot reads it from there while it runs (scriptaddr)"),
        PlacementRequest(
          owner: "the dom0 kernel", address: load.kernel, size: kernel, alignment: Self.page,
          reason: "its file"),
        PlacementRequest(
          owner: "the initial RAM disk", address: load.initrd, size: initrd,
          alignment: Self.page, reason: "its file"),
      ])
  }

  /// What lies fast: U-Boot itself, the tree where U-Boot moves it to, reserved memory.
  private static func fixed(
    soc: SoC, window: AddressRange, memory: AddressRange, tree: DeviceTree, treeSize: ByteCount
  ) throws -> [Claim] {
    var claims: [Claim] = []
    let reserve = min(soc.bootloader.reserve.rawValue, memory.size.rawValue)
    if let range = AddressRange(
      start: Address(memory.end.rawValue - reserve), end: memory.end)
    {
      claims.append(
        Claim(owner: "U-Boot", range: range, reason: "it moves itself to the top of memory"))
    }
    let window = window.end
    let grown = treeSize.rawValue.addingReportingOverflow(treePad)
    if !grown.overflow, grown.partialValue <= window.rawValue,
      let range = AddressRange(
        start: Address(window.rawValue - grown.partialValue).roundedDown(to: page), end: window)
    {
      claims.append(
        Claim(
          owner: "the device tree where U-Boot moves it to", range: range,
          reason: "the last of bootm_low + bootm_size, with 12 KiB for what U-Boot adds"))
    }
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
        continue
      }
      claims.append(
        Claim(owner: "reserved memory", range: range, reason: "/memreserve/ of the board's tree"))
    }
    return claims
  }
}

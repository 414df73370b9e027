import Boards
import BootImages
import DeviceTree
import Measures
import MemoryPlanner

extension MemoryPlan {
  /// What U-Boot adds to a tree when it moves it (`CONFIG_SYS_FDT_PAD`, `boot/image-fdt.c`).
  private static let treePad: UInt64 = 0x3000

  /// What is taken on the board's smallest variant at the moment when Xen or Linux is entered, whatever
  /// is loaded where.
  static func fixed(
    board: Board, soc: SoC, tree: DeviceTree, sets: [PlannedSet]
  ) throws -> [Claim] {
    [
      Claim(
        owner: "U-Boot", range: try board.bootloaderReserve(on: soc),
        reason: "it moves itself to the top of memory", kind: .bootloader)
    ] + (try moved(sets, in: board.bootWindow(on: soc))) + (try reserved(soc: soc, tree: tree))
  }

  /// What Xen's address has to be a multiple of. Up to 4.4 it maps itself by one section of 2 MiB
  /// at its own address, and all of it has to lie in there (Xen `docs/misc/arm/booting.txt` of 4.4).
  static func alignment(of version: XenVersion, size: ByteCount) throws -> UInt64 {
    guard version < XenVersion(major: 4, minor: 5) else { return PlannedFile.page }
    let section = ByteCount.mebibytes(2)
    guard size <= section else {
      throw BuildError.xenTooLarge(version, size: size, limit: section)
    }
    return section.rawValue
  }

  /// What U-Boot moves to the end of its window before it starts anything: first the RAM disk, then
  /// the tree below it (`boot/bootm.c`, `boot/image-board.c`, `boot/image-fdt.c`).
  private static func moved(_ sets: [PlannedSet], in window: AddressRange) throws -> [Claim] {
    var claims: [Claim] = []
    var end = window.end
    if let size = sets.compactMap(\.movedInitrd).max() {
      guard let range = last(size.rawValue, below: end, in: window) else {
        throw BuildError.noRoomForInitrd(size, window: window)
      }
      claims.append(
        Claim(
          owner: "the initial RAM disk where U-Boot moves it to", range: range,
          reason: "the last of bootm_low + bootm_size", kind: .initrd))
      end = range.start
    }
    guard let size = sets.compactMap(\.movedTree).max() else { return claims }
    let (grown, overflow) = size.rawValue.addingReportingOverflow(treePad)
    guard !overflow, let range = last(grown, below: end, in: window) else {
      throw BuildError.noRoomForTree(size, added: ByteCount(treePad), window: window)
    }
    claims.append(
      Claim(
        owner: "the device tree where U-Boot moves it to", range: range,
        reason: claims.isEmpty
          ? "the last of bootm_low + bootm_size, with 12 KiB for what U-Boot adds"
          : "below the initial RAM disk, with 12 KiB for what U-Boot adds", kind: .tree))
    return claims
  }

  /// The last pages of the window before `end` that hold so much.
  private static func last(
    _ size: UInt64, below end: Address, in window: AddressRange
  ) -> AddressRange? {
    guard window.start <= end, size <= end.rawValue - window.start.rawValue,
      let range = AddressRange(
        start: Address(end.rawValue - size).roundedDown(to: PlannedFile.page), end: end),
      window.contains(range)
    else { return nil }
    return range
  }

  /// Memory that somebody else uses.
  private static func reserved(soc: SoC, tree: DeviceTree) throws -> [Claim] {
    var claims = soc.reserved.map {
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
}

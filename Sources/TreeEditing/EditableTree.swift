import CLibFDT
import DeviceTree

/// A tree that is edited in place, by libfdt, as U-Boot does it: with no more room than it was
/// given.
///
/// ```
/// | header | reservations | structure | strings | room |
/// |<----------- usedSize ----------------------->|      |
/// |<----------- totalSize ----------------------------->|
/// ```
///
/// What does not fit is refused with FDT_ERR_NOSPACE, where U-Boot would refuse it. Paths may begin
/// with an alias, as in U-Boot (`serial0`). Blobs of unknown origin are welcome: libfdt, which
/// trusts what a blob says of itself, only sees what our own reader has accepted.
public struct EditableTree: Sendable {
  /// What `bootm` and `booti` add to a tree before they edit it. Source: U-Boot
  /// `boot/image-fdt.c`, boot_relocate_fdt; CONFIG_SYS_FDT_PAD is 0x3000 unless a board says else.
  public static let uBootPadding = 0x3000
  /// Bytes that a tree may have, room and all: eight times what Xen takes.
  public static let largest = 16 << 20

  var blob: AlignedBlob

  /// Copies the blob, with as much room behind it as `padding` says: none, unless more is asked
  /// for. The libfdt function is `fdt_open_into`.
  public init(_ bytes: [UInt8], padding: Int = 0) throws(TreeEditError) {
    let tree = try Self.accept(bytes, limits: .standard) { .unreadable($0) }
    let size = try Self.checked(tree.bytes.count, adding: max(0, padding))
    let source = AlignedBlob(tree.bytes, capacity: tree.bytes.count)
    var blob = AlignedBlob([], capacity: size)
    let result = source.withView { view in
      blob.withMutablePointer { fdt_open_into(view.pointer, $0, Int32(size)) }
    }
    try Self.check(result, .open)
    self.blob = blob
  }

  /// Bytes of the tree, room and all (`totalsize` in the header).
  public var totalSize: Int { blob.word(at: 4) }

  /// Bytes without the room behind them.
  public var usedSize: Int { min(totalSize, blob.word(at: 12) + blob.word(at: 32)) }

  /// The tree as a blob, with the room behind it.
  public var bytes: [UInt8] { blob.bytes(totalSize) }

  /// Takes the room away. The libfdt function is `fdt_pack`.
  public mutating func pack() throws(TreeEditError) {
    var packed = blob
    try Self.check(packed.withMutablePointer { fdt_pack($0) }, .pack)
    let size = packed.word(at: 4)
    blob = AlignedBlob(packed.bytes(size), capacity: size)
  }

  /// What `fdt resize` does with the tree: as much room as `extra` says and that of five
  /// reservations, rounded up so that the tree ends with a page. It may as well become smaller.
  ///
  /// Source: U-Boot `boot/fdt_support.c`, fdt_shrink_to_minimum.
  ///
  /// - Parameters:
  ///   - extra: what stands behind `fdt resize`, which is hexadecimal there.
  ///   - address: where the tree lies, if that is known: pages count from 0, not from the tree, and
  ///     a reservation of the tree itself grows with it.
  public mutating func resize(
    by extra: Int, loadedAt address: UInt64? = nil
  ) throws(TreeEditError) {
    var resized = blob
    let reservation = address.flatMap { address in
      resized.withView { $0.reservation(at: address) }
    }
    if let reservation {
      try Self.check(resized.withMutablePointer { fdt_del_mem_rsv($0, reservation) }, .resize)
    }
    let used = resized.word(at: 12) + resized.word(at: 32)
    let inPage = Int((address ?? 0) & 0xFFF)
    let wanted = try Self.checked(used + 5 * 16 + inPage, adding: max(0, extra))
    let size = ((wanted + 0xFFF) & ~0xFFF) - inPage
    resized = AlignedBlob(resized.bytes(used), capacity: size)
    let result = resized.withMutablePointer { fdt in
      fdt_set_totalsize(fdt, UInt32(size))
      guard let address, reservation != nil else { return 0 }
      return fdt_add_mem_rsv(fdt, address, UInt64(size))
    }
    try Self.check(result, .resize)
    blob = resized
  }

  /// Reserves memory; a reservation that begins at the same address is taken back first, as U-Boot's
  /// `fdt_initrd` does it. The libfdt functions are `fdt_del_mem_rsv` and `fdt_add_mem_rsv`.
  public mutating func reserve(_ start: UInt64, _ size: UInt64) throws(TreeEditError) {
    var reserved = blob
    if let number = reserved.withView({ $0.reservation(at: start) }) {
      try Self.check(reserved.withMutablePointer { fdt_del_mem_rsv($0, number) }, .reserve)
    }
    try Self.check(reserved.withMutablePointer { fdt_add_mem_rsv($0, start, size) }, .reserve)
    blob = reserved
  }

  /// Applies an overlay, if it is sound. The libfdt function is `fdt_overlay_apply`, which ruins
  /// both trees when it fails; here this one stays as it was, U-Boot's would be lost.
  public mutating func apply(overlay bytes: [UInt8]) throws(TreeEditError) {
    let overlay = try Self.accept(bytes, limits: Self.overlayLimits) { .unreadableOverlay($0) }
    _ = try Self.checked(overlay.bytes.count, adding: 0)
    var patch = AlignedBlob(overlay.bytes, capacity: overlay.bytes.count)
    let fault = patch.withView { patch in
      blob.withView { base -> OverlayFault? in
        do throws(OverlayFault) {
          try OverlayCheck(overlay: patch, base: base).check()
          return nil
        } catch {
          return error
        }
      }
    }
    if let fault { throw .overlay(fault) }
    var merged = blob
    let result = merged.withMutablePointer { fdt in
      patch.withMutablePointer { fdt_overlay_apply(fdt, $0) } ?? -LibFDTCode.internal.rawValue
    }
    try Self.check(result, .applyOverlay)
    blob = merged
  }
}

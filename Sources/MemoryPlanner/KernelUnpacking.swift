public import BootImages
public import Measures

/// Where a Linux kernel for 32-bit ARM goes as it unpacks itself (Linux
/// `arch/arm/boot/compressed/head.S`).
///
/// It unpacks to a fixed distance from the multiple of 128 MiB below it, with its first page tables in
/// front; where it lies in its own way, it first copies itself behind what it is about to unpack.
///
/// ```
///   | tables |  unpacked kernel  | BSS |        |  zImage  |          loaded out of the way
///   | tables |  unpacked kernel  |  zImage's copy, its heap |        loaded below the end of it
/// ```
public struct KernelUnpacking: Sendable, Hashable {
  public let claims: [Claim]

  /// Page tables of up to this size stand right before the kernel (LPAE).
  private static let tables: UInt64 = 0x5000
  private static let unit: UInt64 = 128 << 20
  /// The copy's stack, and what its start is rounded up by.
  private static let slack: UInt64 = 0x2000

  /// Nil where the addresses leave 64 bits.
  public init?(zImage: AddressRange, unpacked: ZImage.Unpacked) {
    let base = zImage.start.roundedDown(to: Self.unit).rawValue
    guard let kernel = Self.sum(base, unpacked.offset.rawValue),
      let end = Self.sum(kernel, unpacked.size.rawValue),
      let cleared = Self.sum(end, unpacked.cleared.rawValue), kernel >= Self.tables,
      let whole = AddressRange(start: Address(kernel - Self.tables), end: Address(cleared))
    else { return nil }
    var claims = [
      Claim(
        owner: "the kernel once it is unpacked", range: whole,
        reason: "\(unpacked.size) of code and data, what it clears behind them, and its first page"
          + " tables before", kind: .kernel, stage: .linux)
    ]
    if zImage.start < Address(end), Address(kernel - Self.tables) < zImage.end {
      guard let size = Self.sum(zImage.size.rawValue, unpacked.heap.rawValue),
        let copy = AddressRange(start: Address(end), size: ByteCount(size)),
        let room = Self.sum(copy.end.rawValue, Self.slack),
        let range = AddressRange(start: copy.start, end: Address(room))
      else { return nil }
      claims.append(
        Claim(
          owner: "the kernel's copy that unpacks it", range: range,
          reason: "it was loaded where it unpacks to, and moves behind that first", kind: .kernel,
          stage: .linux))
    }
    self.claims = claims
  }

  /// What of `claims` is written over: a tree or RAM disk that Linux still needs, or memory that is
  /// somebody else's. What U-Boot had is free by then.
  public func clashes(with claims: [Claim]) -> [MemoryMap.Clash] {
    let loaded = claims.filter { $0.stage == .loading && Self.stays($0.kind) }
    // Of a file that U-Boot moves, only the copy counts, and nobody chooses its place.
    let files = Set(loaded.filter { $0.setting != nil }.map(\.kind))
    let copies = Set(loaded.filter { $0.setting == nil }.map(\.kind)).intersection(files)
    let kept = loaded.filter { $0.setting == nil || !copies.contains($0.kind) }
    return kept.flatMap { claim in
      self.claims.compactMap { taken in
        guard claim.range.overlaps(taken.range), let range = claim.range.common(with: taken.range)
        else { return nil }
        let others = self.claims.map(\.range) + claims.filter { $0 != claim }.map(\.range)
        let window = claim.range.start.roundedDown(to: Self.unit)
        let memory = AddressRange(start: window, size: ByteCount(Self.unit))
        return MemoryMap.Clash(
          claim: claim, other: taken, range: range,
          nearest: claim.kind == .reserved || copies.contains(claim.kind)
            ? nil
            : Gaps(in: [memory].compactMap { $0 }, beside: others)
              .nearest(to: claim.range.start, size: claim.range.size, alignment: 1 << 20))
      }
    }
  }

  private static func stays(_ kind: Claim.Kind) -> Bool {
    switch kind {
    case .tree, .initrd, .reserved, .secure: true
    case .bootloader, .script, .xen, .kernel, .grantTable, .xenHeap, .frameTable, .dom0: false
    }
  }

  private static func sum(_ left: UInt64, _ right: UInt64) -> UInt64? {
    let (sum, overflow) = left.addingReportingOverflow(right)
    return overflow ? nil : sum
  }
}

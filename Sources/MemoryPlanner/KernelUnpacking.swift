public import BootImages
public import Measures

/// Where a Linux kernel for 32-bit ARM goes as it unpacks itself, and what RAM it then has (Linux
/// `arch/arm/boot/compressed/head.S`, and `arch/arm/mm/init.c`).
///
/// It unpacks to a fixed distance from the multiple of 128 MiB below it, with its first page tables in
/// front; where it lies in its own way, it first copies itself behind what it is about to unpack. That
/// multiple is the start of RAM for it: what lies below it, it leaves out ("Ignoring memory range").
///
/// ```
///           left out | tables |  unpacked kernel  | BSS |   |  zImage  |    loaded out of the way
///           left out | tables |  unpacked kernel  |  zImage's copy, its heap |    below the end of it
///                    ^ a multiple of 128 MiB
/// ```
public struct KernelUnpacking: Sendable, Hashable {
  /// What it writes, then the RAM that it leaves out.
  public var claims: [Claim] { written + leftOut }
  /// What it writes as it unpacks itself.
  public let written: [Claim]
  /// The RAM that it leaves out, by bank.
  public let leftOut: [Claim]
  private let zImage: AddressRange
  private let base: Address
  private let memory: [AddressRange]

  /// Page tables of up to this size stand right before the kernel (LPAE).
  private static let tables: UInt64 = 0x5000
  private static let unit: UInt64 = 128 << 20
  /// The copy's stack, and what its start is rounded up by.
  private static let slack: UInt64 = 0x2000

  /// Nil where the addresses leave 64 bits.
  ///
  /// - Parameter memory: the RAM, in banks.
  public init?(zImage: AddressRange, unpacked: ZImage.Unpacked, memory: [AddressRange]) {
    let base = zImage.start.roundedDown(to: Self.unit)
    guard let written = Self.written(by: zImage, unpacked, from: base) else { return nil }
    self.written = written
    // Loaded below all RAM by its own reckoning, it asks the tree where RAM begins.
    let isInRAM = memory.contains { $0.contains(base) }
    leftOut = (isInRAM ? memory : []).compactMap { bank in
      guard bank.start < base,
        let range = AddressRange(start: bank.start, end: min(bank.end, base))
      else { return nil }
      return Claim(
        owner: "RAM below the kernel's 128 MiB, which Linux leaves out", range: range,
        reason: "for a kernel at \(zImage.start), RAM begins at \(base)", kind: .unused,
        stage: .linux)
    }
    self.zImage = zImage
    self.base = base
    self.memory = memory
  }

  private static func written(
    by zImage: AddressRange, _ unpacked: ZImage.Unpacked, from base: Address
  ) -> [Claim]? {
    guard let kernel = sum(base.rawValue, unpacked.offset.rawValue),
      let end = sum(kernel, unpacked.size.rawValue),
      let cleared = sum(end, unpacked.cleared.rawValue), kernel >= tables,
      let whole = AddressRange(start: Address(kernel - tables), end: Address(cleared))
    else { return nil }
    var claims = [
      Claim(
        owner: "the kernel once it is unpacked", range: whole,
        reason: "\(unpacked.size) of code and data, what it clears behind them, and its first page"
          + " tables before", kind: .kernel, stage: .linux)
    ]
    if zImage.start < Address(end), Address(kernel - tables) < zImage.end {
      guard let size = sum(zImage.size.rawValue, unpacked.heap.rawValue),
        let copy = AddressRange(start: Address(end), size: ByteCount(size)),
        let room = sum(copy.end.rawValue, slack),
        let range = AddressRange(start: copy.start, end: Address(room))
      else { return nil }
      claims.append(
        Claim(
          owner: "the kernel's copy that unpacks it", range: range,
          reason: "it was loaded where it unpacks to, and moves behind that first", kind: .kernel,
          stage: .linux))
    }
    return claims
  }

  /// The first 128 MiB of a board's RAM, from where a kernel leaves out nothing.
  public static func window(of memory: AddressRange) -> AddressRange {
    let next = memory.start.roundedDown(to: unit).rawValue.addingReportingOverflow(unit)
    let end = next.overflow ? memory.end : min(memory.end, Address(next.partialValue))
    return AddressRange(start: memory.start, end: end) ?? memory
  }

  /// What of `claims` is lost: a tree or RAM disk that Linux still needs and writes over, memory that
  /// is somebody else's, and a RAM disk in RAM that it leaves out; a tree there it reads all the same.
  /// What U-Boot had is free by then.
  public func clashes(with claims: [Claim]) -> [MemoryMap.Clash] {
    let loaded = claims.filter { $0.stage == .loading && Self.stays($0.kind) }
    // Of a file that U-Boot moves, only the copy counts, and nobody chooses its place.
    let files = Set(loaded.filter { $0.setting != nil }.map(\.kind))
    let copies = Set(loaded.filter { $0.setting == nil }.map(\.kind)).intersection(files)
    let kept = loaded.filter { $0.setting == nil || !copies.contains($0.kind) }
    return kept.flatMap { claim in
      written.compactMap { taken in
        guard claim.range.overlaps(taken.range), let range = claim.range.common(with: taken.range)
        else { return nil }
        let others = written.map(\.range) + claims.filter { $0 != claim }.map(\.range)
        let window = claim.range.start.roundedDown(to: Self.unit)
        let memory = AddressRange(start: window, size: ByteCount(Self.unit))
        return MemoryMap.Clash(
          claim: claim, other: taken, range: range,
          nearest: claim.kind == .reserved || copies.contains(claim.kind)
            ? nil
            : Gaps(in: [memory].compactMap { $0 }, beside: others)
              .nearest(to: claim.range.start, size: claim.range.size, alignment: 1 << 20))
      } + lost(claim, beside: claims)
    }
  }

  /// The RAM disk, where it lies in RAM that is left out. It moves itself where somebody chose its
  /// place; else the kernel has to.
  private func lost(_ initrd: Claim, beside claims: [Claim]) -> [MemoryMap.Clash] {
    guard initrd.kind == .initrd,
      let range = leftOut.lazy.compactMap({ initrd.range.common(with: $0.range) })
        .first(where: { !$0.isEmpty })
    else { return [] }
    let kernel =
      claims.first {
        $0.stage == .loading && $0.kind == .kernel && $0.range.start == zImage.start
      } ?? Claim(owner: "the kernel", range: zImage, reason: "its file", kind: .kernel)
    let moves = initrd.setting?.isOurs == true
    let mover = moves ? initrd : kernel
    let others = claims.filter { $0 != mover && $0.stage == .loading }.map(\.range)
    let rooms =
      moves
      ? memory.compactMap { AddressRange(start: max($0.start, base), end: $0.end) }
      : [memory.min { $0.start < $1.start }.map(Self.window(of:))].compactMap { $0 }
    return [
      MemoryMap.Clash(
        claim: mover, other: moves ? kernel : initrd, range: range,
        nearest: Gaps(in: rooms, beside: others + (moves ? written.map(\.range) : []))
          .nearest(to: mover.range.start, size: mover.range.size, alignment: 1 << 20),
        leftOutBelow: base)
    ]
  }

  private static func stays(_ kind: Claim.Kind) -> Bool {
    switch kind {
    case .tree, .initrd, .reserved, .secure: true
    case .bootloader, .script, .xen, .kernel, .unused, .grantTable, .xenHeap, .frameTable, .dom0:
      false
    }
  }

  private static func sum(_ left: UInt64, _ right: UInt64) -> UInt64? {
    let (sum, overflow) = left.addingReportingOverflow(right)
    return overflow ? nil : sum
  }
}

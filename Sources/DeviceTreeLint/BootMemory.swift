import BootImages
import DeviceTree
import Measures

/// The RAM of a boot, as far as the tree and the loaded files tell: what Xen uses of it, what lies in
/// it, and what is left for dom0. Where something is not known, there is more left than there will
/// be; so what does not fit here will not fit on the board.
struct BootMemory {
  /// The RAM that Xen uses.
  let ram: MemorySet
  /// What lies in memory until dom0 has been given its own: modules, reserved regions, the tree, Xen.
  let taken: MemorySet
  /// A 32-bit Xen's own heap.
  let xenheap: Xenheap
  /// What neither `taken` nor the heap holds.
  let free: MemorySet

  enum Xenheap: Hashable {
    case at(AddressRange)
    /// There is no place for a heap of this size, which is the smallest that Xen tries.
    case noRoom(ByteCount)
    /// Xen has none, or the tree says where it is to be.
    case elsewhere
  }
}

extension LintContext {
  /// Nil where the tree tells of no RAM.
  func findBootMemory() -> BootMemory? {
    let banks = usedBanks
    guard !banks.isEmpty else { return nil }
    let ram = MemorySet(banks)
    let taken = MemorySet(takenRanges)
    let xenheap = findXenheap(ram, banks, taken)
    var free = ram.subtracting(taken)
    if case .at(let range) = xenheap, isXenKnown { free = free.subtracting(MemorySet([range])) }
    return BootMemory(ram: ram, taken: taken, xenheap: xenheap, free: free)
  }

  /// Whether Xen's place in memory is known; before 4.12 it moves, and where to is not. Otherwise the
  /// heap may be somewhere else than it seems, and what it takes is not counted.
  private var isXenKnown: Bool {
    xenInMemory != nil && target.treeAddress != nil && xen >= XenVersion(major: 4, minor: 12)
  }

  /// The banks that Xen uses: all of them since 4.5.
  private var usedBanks: [AddressRange] {
    let banks = memory.map(\.range)
    if xen < XenVersion(major: 4, minor: 4) { return Array(banks.prefix(1)) }
    if xen < XenVersion(major: 4, minor: 5) { return Array(banks.prefix(firstSparseBank ?? .max)) }
    return banks
  }

  /// The number of the first bank that Xen 4.4 drops, with all behind it, since too much of the
  /// addresses up to it would be holes.
  ///
  /// Source: Xen 4.4 `xen/arch/arm/setup.c`, `setup_mm`.
  var firstSparseBank: Int? {
    guard let first = memory.first?.range else { return nil }
    var (start, end, size) = (first.start, first.end, first.size.rawValue)
    // What touches the first bank, one by one, 32-bit Xen takes in any case.
    var run = first
    for (index, bank) in memory.enumerated().dropFirst() {
      let range = bank.range
      let (sum, overflow) = size.addingReportingOverflow(range.size.rawValue)
      guard !overflow else { return index }
      let newStart = min(start, range.start)
      let newEnd = max(end, range.end)
      let span = newEnd.rawValue - newStart.rawValue
      if !isARM64, range.start == run.end {
        run = AddressRange(start: run.start, end: range.end) ?? run
      } else if !isARM64, range.end == run.start {
        run = AddressRange(start: range.start, end: run.end) ?? run
      } else if sum < span / 2 + span % 2 {
        return index
      }
      (start, end, size) = (newStart, newEnd, sum)
    }
    return nil
  }

  /// What lies in memory and stays there: by version, what Xen knows of.
  private var takenRanges: [AddressRange] {
    var ranges = modules.compactMap(\.range)
    if let kernel = modules.first(where: { $0.kind == .kernel && $0.domain == nil }),
      let file = file(of: kernel), KernelFile.isGzip(file), let range = kernel.range
    {
      // It is unpacked to somewhere else, and freed, before dom0 is given memory.
      ranges.removeAll { $0 == range }
    }
    if let initrd = initrdOfChosen { ranges.append(initrd.range) }
    if xen >= XenVersion(major: 4, minor: 4) {
      ranges += tree.reservations.compactMap {
        AddressRange(start: $0.entry.address, size: $0.entry.size)
      }
      ranges += [treeRange].compactMap(\.self)
    }
    ranges += reserved.map(\.range)
    if xen >= XenVersion(major: 4, minor: 12) {
      ranges += [xenInMemory?.range].compactMap(\.self)
    }
    return ranges
  }

  /// Where 32-bit Xen puts its heap: as high as it can, at a multiple of 32 MiB.
  ///
  /// Source: Xen `xen/arch/arm/arm32/mmu/mm.c`, `setup_mm`, and its older versions in
  /// `xen/arch/arm/setup.c`. As there, holes between banks count as room.
  private func findXenheap(
    _ ram: MemorySet, _ banks: [AddressRange], _ taken: MemorySet
  ) -> BootMemory.Xenheap {
    guard !isARM64, let start = ram.start, let end = ram.end,
      chosen.map({ tree.has($0, .xenStaticHeap) }) != true
    else { return .elsewhere }
    let (first, smallest) = heapSizes(ram.size)
    guard let first else { return .elsewhere }
    var window = AddressRange(start: start, end: end)
    if xen < XenVersion(major: 4, minor: 5), let bank = banks.first {
      window = ram.ranges.first { $0.contains(bank) }
    }
    let room = MemorySet([window].compactMap(\.self)).subtracting(taken)
    var size = first
    while true {
      if let range = room.highest(size, alignment: 32 << 20) { return .at(range) }
      guard size / 2 > smallest else { return .noRoom(ByteCount(size)) }
      size /= 2
    }
  }

  /// The size that Xen wants for its heap, and the one down to which it halves that. Nil where the
  /// command line says something that cannot be read.
  private func heapSizes(_ ram: UInt64) -> (first: UInt64?, smallest: UInt64) {
    let mebibyte: UInt64 = 1 << 20
    func roundedUp(_ size: UInt64) -> UInt64 {
      (size / (32 * mebibyte) + (size % (32 * mebibyte) == 0 ? 0 : 1)) * 32 * mebibyte
    }
    if xen < XenVersion(major: 4, minor: 4) {
      return (min(1024 * mebibyte, ram), 128 * mebibyte)
    }
    if xen < XenVersion(major: 4, minor: 6) {
      let wanted = max(roundedUp(ram / 8), 128 * mebibyte)
      return (
        xen < XenVersion(major: 4, minor: 5) ? wanted : min(wanted, 1024 * mebibyte),
        128 * mebibyte
      )
    }
    if let stated = commandLines.xen?.value("xenheap_megabytes") {
      let size = UInt64(stated).flatMap { $0 < 4096 && $0 > 0 ? $0 * mebibyte : nil }
      return (size, size ?? 0)
    }
    return (min(max(roundedUp(ram / 32), 32 * mebibyte), 1024 * mebibyte), 32 * mebibyte)
  }
}

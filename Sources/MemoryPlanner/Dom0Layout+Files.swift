import Measures

extension Dom0Layout {
  private static let unit: UInt64 = 2 << 20
  /// Where Linux on 32-bit ARM wants its files: below this much of RAM.
  private static let kernelLimit: UInt64 = 128 << 20
  /// How much larger dom0's tree may be than the one that Xen got.
  private static let treeGrowth: UInt64 = 4 << 10

  /// Where kernel, tree and RAM disk go in the first of the banks (Xen `xen/arch/arm/kernel.c`,
  /// `kernel_zimage_place` and `place_modules`).
  ///
  /// ```
  ///   bank 0                              + 128 MiB
  ///   |            ...        |  kernel   | tree | initrd |   ...      a bank with so much room
  ///   |  ...       |  kernel  |  gap  | tree | initrd |                or at its end
  ///   |  ... | tree | initrd |   kernel   |                            or before the kernel
  /// ```
  static func placing(
    _ request: Dom0Request, in banks: [AddressRange], _ ways: XenWays
  ) throws(Dom0Placement.Reason) -> Dom0Layout {
    guard let bank = banks.first else { throw .firstBankTooSmall(0) }
    let initrdRoom = roundedUp(request.initrd?.rawValue ?? 0)
    let treeRoom = roundedUp(request.tree.rawValue)
    // Which of two rooms it takes is not known for a tree that may just grow out of one.
    guard treeRoom == roundedUp(sum(request.tree.rawValue, treeGrowth)) else {
      throw .treeNearlyFull(request.tree)
    }
    let files = sum(initrdRoom, treeRoom)
    let kernel = try kernel(request.kernel, in: bank)
    let size = roundedUp(kernel.end.rawValue) - kernel.start.rawValue
    guard sum(files, size) <= bank.size.rawValue else { throw .firstBankTooSmall(bank.size) }

    guard let base = base(of: files, beside: kernel, in: bank, ways),
      let tree = AddressRange(start: Address(base), size: ByteCount(treeRoom))
    else { throw .firstBankTooSmall(bank.size) }
    let initrd = request.initrd.flatMap { AddressRange(start: tree.end, size: $0) }
    return Dom0Layout(banks: banks, kernel: kernel, tree: tree, initrd: initrd)
  }

  /// Where tree and RAM disk begin.
  private static func base(
    of files: UInt64, beside kernel: AddressRange, in bank: AddressRange, _ ways: XenWays
  ) -> UInt64? {
    let limit = sum(bank.start.rawValue, kernelLimit)
    let end = bank.end.rawValue
    let behind = roundedUp(kernel.end.rawValue)
    let before = kernel.start.rawValue - bank.start.rawValue
    if case .one = ways.dom0 {
      // Up to 4.4: behind the kernel rather than at the bank's end, and no gap is needed.
      let wanted = min(limit, end - files)
      if kernel.end.rawValue < wanted { return wanted }
      if end >= behind, end - behind >= files { return behind }
      return before >= files ? kernel.start.rawValue - files : nil
    }
    if end >= sum(limit, files), kernel.end.rawValue < limit { return limit }
    if end - files > behind { return end - files }
    return before > files ? kernel.start.rawValue - files : nil
  }

  private static func kernel(
    _ kernel: Dom0Request.Kernel, in bank: AddressRange
  ) throws(Dom0Placement.Reason) -> AddressRange {
    if let start = kernel.start {
      guard let range = AddressRange(start: start, size: kernel.length), bank.contains(range) else {
        throw .kernelOutside(start)
      }
      return range
    }
    let end = min(sum(bank.start.rawValue, kernelLimit), bank.end.rawValue)
    guard kernel.length.rawValue <= end - bank.start.rawValue,
      let range = AddressRange(
        start: Address(end - kernel.length.rawValue).roundedDown(to: unit), size: kernel.length),
      bank.contains(range)
    else { throw .firstBankTooSmall(bank.size) }
    return range
  }

  private static func roundedUp(_ size: UInt64) -> UInt64 {
    Address(size).roundedUp(to: unit)?.rawValue ?? .max
  }

  private static func sum(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let (sum, overflow) = left.addingReportingOverflow(right)
    return overflow ? .max : sum
  }
}

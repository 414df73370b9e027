import Measures

/// Xen leaves bits out of page numbers that are 0 in all of RAM, so that its table of pages does not
/// cover the hole between distant banks (Xen `xen/common/pdx.c` and `xen/arch/arm/setup.c`,
/// `init_pdx`; since 4.5).
struct PageHole: Sendable, Hashable {
  /// The lowest bit of a page number that is left out, and how many are.
  let shift: Int
  let width: Int

  /// No bit below this is left out.
  private static let leastShift = FreeBlocks.largestOrder
  private static let pageShift: UInt64 = 12

  init(in banks: [AddressRange]) {
    var mask = Self.filled(1 << (UInt64(Self.leastShift) + Self.pageShift) - 1)
    for bank in banks { mask |= bank.start.rawValue | Self.region(bank) }
    for bank in banks where ~mask & Self.region(bank) != 0 { mask = 0 }
    let used = UInt32(truncatingIfNeeded: mask >> Self.pageShift)
    var best = (shift: 0, width: 0)
    var bit = Self.leastShift
    while bit < UInt32.bitWidth {
      let start = bit
      while bit < UInt32.bitWidth, used & 1 << UInt32(bit) == 0 { bit += 1 }
      // What is above all of RAM is no hole.
      guard bit < UInt32.bitWidth else { break }
      if bit - start > best.width { best = (start, bit - start) }
      bit += 1
    }
    (shift, width) = mask == 0 ? (0, 0) : best
  }

  /// How many pages the table has for a span of RAM.
  func pages(of span: AddressRange) -> UInt64 {
    guard !span.isEmpty else { return 0 }
    let first = index(of: span.start.rawValue >> Self.pageShift)
    let last = index(of: (span.end.rawValue - 1) >> Self.pageShift)
    return last >= first ? last - first + 1 : 0
  }

  private func index(of page: UInt64) -> UInt64 {
    let low = UInt64(1) << UInt64(shift) - 1
    return page & low | (page >> UInt64(shift + width)) << UInt64(shift)
  }

  /// The bits in which addresses of a bank differ.
  private static func region(_ bank: AddressRange) -> UInt64 {
    bank.isEmpty ? 0 : filled(bank.start.rawValue ^ (bank.end.rawValue - 1))
  }

  /// All bits below the highest one that is set.
  private static func filled(_ bits: UInt64) -> UInt64 {
    bits == 0 ? 0 : UInt64.max >> UInt64(bits.leadingZeroBitCount)
  }
}

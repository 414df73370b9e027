import Measures

/// What U-Boot keeps clear of while it looks for a place (`lib/lmb.c` of 2023.01). What scripts have
/// loaded is not among it: a tree may be copied over it without a word.
struct BootMemory {
  private let banks: [AddressRange]
  private var taken: [AddressRange] = []

  init(banks: [AddressRange]) { self.banks = banks }

  mutating func reserve(_ range: AddressRange) { if !range.isEmpty { taken.append(range) } }

  mutating func reserve(_ start: UInt64, _ size: UInt64) {
    if let range = AddressRange(start: Address(start), size: ByteCount(size)) { reserve(range) }
  }

  /// The highest place below `end`, a multiple of a page; the last bank that has one.
  func place(_ size: UInt64, below end: UInt64?) -> UInt64? {
    for bank in banks.reversed() {
      let top = min(bank.end.rawValue, end ?? .max)
      guard top >= size, top - size >= bank.start.rawValue else { continue }
      var base = (top - size) & ~0xFFF
      // Each step goes below one more of the ranges that are taken.
      for _ in 0...taken.count {
        guard base >= bank.start.rawValue else { break }
        let other = taken.first {
          $0.start.rawValue < base + size && base < $0.end.rawValue
        }
        guard let other else { return base }
        guard other.start.rawValue >= size else { break }
        base = (other.start.rawValue - size) & ~0xFFF
      }
    }
    return nil
  }
}

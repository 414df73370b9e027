import BootImages
import DeviceTree

/// How much memory Xen is told to give dom0.
struct Dom0Memory {
  let bytes: UInt64
  /// As it stands behind `dom0_mem=`.
  let text: String
  let node: NodeID
  let property: PropertyID

  var isPowerOfTwo: Bool { bytes.nonzeroBitCount == 1 }

  /// The largest power of two that is not more, as an exponent.
  var floorOrder: Int { 63 - bytes.leadingZeroBitCount }

  /// The smallest power of two that is not less.
  static func ceilingOrder(_ bytes: UInt64) -> Int {
    bytes <= 1 ? 0 : 64 - (bytes - 1).leadingZeroBitCount
  }
}

extension LintContext {
  /// Nil where Xen's command line does not say, or where what it says is no size between 1 MiB and
  /// what 40 bits address. Also nil where there is no dom0.
  ///
  /// Source: `parse_dom0_mem`, Xen `xen/arch/arm/domain_build.c`; `parse_size_and_unit`,
  /// `xen/lib/parse-size.c`: a number without a letter counts kibibytes.
  func findDom0Memory() -> Dom0Memory? {
    guard let line = commandLines.xen, let value = line.value("dom0_mem"), !isDom0less else {
      return nil
    }
    let radix = value.hasPrefix("0x") ? 16 : value.hasPrefix("0") ? 8 : 10
    let digits = radix == 16 ? value.dropFirst(2) : value
    let number = digits.prefix { $0.isASCII && ($0.hexDigitValue ?? 16) < radix }
    guard let count = UInt64(number, radix: radix) else { return nil }
    let shifts: [Character: UInt64] = ["b": 0, "k": 10, "m": 20, "g": 30, "t": 40]
    let letter = digits.dropFirst(number.count).first.map { Character($0.lowercased()) }
    let shift = letter.flatMap { shifts[$0] } ?? 10
    let (bytes, overflow) = count.multipliedReportingOverflow(by: 1 << shift)
    guard !overflow, (1 << 20...1 << 40).contains(bytes) else { return nil }
    // Xen counts pages.
    return Dom0Memory(
      bytes: bytes & ~0xFFF, text: String(value), node: line.node, property: line.property)
  }
}

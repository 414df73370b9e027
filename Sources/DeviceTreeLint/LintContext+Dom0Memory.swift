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
  /// Nil where Xen's command line does not say, or where what it says is no size of 1 MiB or more;
  /// sizes past 40 bits are cut to those. Also nil where there is no dom0.
  ///
  /// Source: `parse_dom0_mem`, Xen `xen/arch/arm/domain_build.c`.
  func findDom0Memory() -> Dom0Memory? {
    guard let line = commandLines.xen, let value = line.value("dom0_mem"), !isDom0less else {
      return nil
    }
    // No 32-bit machine addresses more, and every rule says so of the most.
    let given = XenSize(value).bytes
    // What Xen makes of more digits than its number holds is nobody's size.
    guard (1 << 20..<1 << 60).contains(given) else { return nil }
    let bytes = min(given, 1 << 40)
    // Xen counts pages.
    return Dom0Memory(
      bytes: bytes & ~0xFFF, text: String(value), node: line.node, property: line.property)
  }
}

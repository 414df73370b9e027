import Boards
import BootImages
import Bytes
import DeviceTree
import Measures

/// Where Xen lets dom0 map the grant table.
extension LintContext {
  /// The region of Xen before 4.6, which had a fixed one for each platform, and in 4.3 one for all.
  /// Nil where the chip is not known, and for later versions, whose region lies in Xen itself.
  ///
  /// Source: Xen 4.3 `xen/arch/arm/domain_build.c`, `make_hypervisor_node`; Xen 4.4 and 4.5
  /// `xen/arch/arm/platform.c`, `platform_dom0_gnttab`, and `platforms/`, which the SoCs' files
  /// quote.
  func findGrantTable() -> AddressRange? {
    guard xen < XenVersion(major: 4, minor: 6) else { return nil }
    if xen < XenVersion(major: 4, minor: 4) {
      return AddressRange(start: 0xB000_0000, size: 0x2_0000)
    }
    // Xen tells the platform by the root's `compatible`, whatever the machine is, as we do.
    return soc?.grantTables.first { XenVersion($0.xen) == xen }?.range
  }

  /// The bytes of a 32-bit Xen among the loaded files, in whose code the grant table lies since 4.6.
  /// The code can be no longer than the file.
  var grantTableInXen: AddressRange? {
    guard let xenInMemory, !xenInMemory.is64Bit else { return nil }
    return xenInMemory.fileRange
  }

  /// How many frames of 4 KiB dom0's grant table may have, where Xen's command line says so.
  ///
  /// Source: Xen `xen/common/grant_table.c`.
  var statedGrantFrames: UInt64? {
    guard let line = commandLines.xen else { return nil }
    let value =
      line.value("gnttab_max_frames")
      ?? (xen < XenVersion(major: 4, minor: 10) ? line.value("gnttab_max_nr_frames") : nil)
    return value.map { XenSize.number($0).value }
  }

  /// How many there are unless somebody says.
  var usualGrantFrames: UInt64 { xen >= XenVersion(major: 4, minor: 10) ? 64 : 32 }
}

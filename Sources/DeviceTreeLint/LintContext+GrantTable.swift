import Boards
import BootImages
import Bytes
import DeviceTree
import Measures

/// Where Xen lets dom0 map the grant table.
extension LintContext {
  /// The region of Xen before 4.6, which had a fixed one for each platform. Nil where the chip is
  /// not known, and for later versions, whose region lies in Xen itself.
  ///
  /// Source: Xen 4.3 `xen/arch/arm/domain_build.c`, `make_hypervisor_node`; Xen 4.4 and 4.5
  /// `xen/arch/arm/platform.c`, `platform_dom0_gnttab`, and `platforms/`, which the SoCs' files
  /// quote.
  func findGrantTable() -> AddressRange? {
    guard xen < XenVersion(major: 4, minor: 6) else { return nil }
    if xen < XenVersion(major: 4, minor: 4) {
      return AddressRange(start: 0xB000_0000, size: 0x2_0000)
    }
    // Xen tells the platform by the root's `compatible`, whatever the machine is.
    guard let soc = target.soc, let compatible = tree.property(.root, .compatible),
      tree.strings(compatible)?.contains(soc.identity.treeCompatible) == true
    else { return nil }
    let version = "\(xen)"
    return soc.grantTables.first { $0.xen == version }?.range
  }

  /// The 32-bit Xen among the loaded files, whose code holds the grant table since 4.6.
  struct LoadedXen {
    let address: Address
    /// The file's bytes: its code can be no longer.
    let size: ByteCount
  }

  func findLoadedXen() -> LoadedXen? {
    for file in target.loaded {
      guard let image = try? XenImage(parsing: file.bytes.span.bytes) else { continue }
      return LoadedXen(address: file.address, size: image.zImage.fileSize)
    }
    return nil
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

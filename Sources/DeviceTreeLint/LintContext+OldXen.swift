import Boards
import BootImages
import DeviceTree
import Measures

/// What old versions of Xen, and the bootloaders of their time, do on the chip.
extension LintContext {
  /// Where the version of Xen at hand puts dom0's grant table, if that depends on the chip.
  var oldGrantTable: AddressRange? {
    soc?.grantTables.first { XenVersion($0.xen) == xen }?.range
  }

  /// Whether the tree keeps the memory free in which the vendor's bootloader leaves its description of
  /// the board.
  var reservesScriptBin: Bool {
    guard let range = soc?.scriptBin?.range else { return false }
    return tree.reservations.contains {
      $0.entry.address == range.start && $0.entry.size == range.size
    }
  }
}

import BootImages
import DeviceTree
import Measures

/// The ramdisk that `/chosen` names by two addresses, as U-Boot's `bootz` writes them.
extension LintContext {
  /// Nil where there is none that Xen takes; before 4.4 it did not look.
  ///
  /// Source: `process_chosen_node`, Xen `xen/common/device-tree/bootinfo-fdt.c`.
  var initrdOfChosen: (property: PropertyID, range: AddressRange)? {
    guard xen >= XenVersion(major: 4, minor: 4), let chosen,
      let start = tree.property(chosen, .linuxInitrdStart),
      let end = tree.property(chosen, .linuxInitrdEnd),
      let first = initrdAddress(start), let last = initrdAddress(end), first < last,
      let range = AddressRange(start: Address(first), end: Address(last))
    else { return nil }
    return (start, range)
  }

  /// The address in one of the two properties, which has one cell or two.
  func initrdAddress(_ property: PropertyID) -> UInt64? {
    switch tree.length(property) {
    case 4: tree.number(property, at: 0, cells: 1)
    case 8: tree.number(property, at: 0, cells: 2)
    default: nil
    }
  }
}

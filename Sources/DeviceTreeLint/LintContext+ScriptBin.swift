import Boards
import DeviceTree
import Measures

/// What the vendor's bootloader leaves in memory.
extension LintContext {
  /// Whether the tree keeps the memory free in which it leaves its description of the board.
  var reservesScriptBin: Bool {
    guard let range = soc?.scriptBin?.range else { return false }
    return tree.reservations.contains {
      $0.entry.address == range.start && $0.entry.size == range.size
    }
  }
}

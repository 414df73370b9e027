import BootImages
import DeviceTree

/// Where Xen's words go.
extension LintContext {
  /// The node that `dtuart=` names, or without that `/chosen/stdout-path`, which Xen reads since 4.6.
  ///
  /// Source: Xen `xen/drivers/char/uart-init.c`, `dt_uart_init`; before 4.6 `dt-uart.c`, where a comma
  /// and not a colon stands before options.
  func findXenConsole() -> NodeID? {
    let isOld = xen < XenVersion(major: 4, minor: 6)
    if let named = commandLines.xen?.value("dtuart"), !named.isEmpty {
      return node(named: named.prefix { $0 != (isOld ? "," : ":") })
    }
    guard !isOld, let chosen, let path = tree.string(chosen, .stdoutPath) else { return nil }
    return node(named: path)
  }
}

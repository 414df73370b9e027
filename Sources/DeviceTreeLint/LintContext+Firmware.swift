import DeviceTree

/// Who starts Xen.
extension LintContext {
  /// Whether UEFI firmware (or U-Boot in its place) starts Xen as an EFI program. A tree need not
  /// say so; these are the signs:
  ///
  /// - `/chosen` has `linux,uefi-system-table`: an EFI stub has been here;
  /// - a property that only Xen's EFI stub reads: `xen,uefi-binary`, `xen,uefi-cfg-load`;
  /// - the boot script sets a variable to a command with `bootefi` in it, such as `bootcmd`.
  func findUEFI() -> Bool {
    for name in tree.names {
      switch name.known {
      case .xenUEFIBinary, .xenUEFIConfigLoad: return true
      case .linuxUEFISystemTable where chosen.map { tree.has($0, .linuxUEFISystemTable) } == true:
        return true
      default: break
      }
    }
    return target.environment.values.contains { command in
      command.split { " ;&|\t\n".contains($0) }.contains("bootefi")
    }
  }
}
